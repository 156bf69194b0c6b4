import type { RequestIndex } from '../requests.ts';
import { RequestSource } from './request-source.ts';

type Parts = ConstructorParameters<typeof RequestSource>;

/** A source that shows each request it has made: for traces, which must see beginnings. */
export class NoticedRequestSource extends RequestSource {
  private readonly notice: (request: RequestIndex) => void;

  constructor(parts: Parts, notice: (request: RequestIndex) => void) {
    super(...parts);
    this.notice = notice;
  }

  override create(process: number, nowNs: number): RequestIndex {
    const request = super.create(process, nowNs);
    this.notice(request);
    return request;
  }
}
