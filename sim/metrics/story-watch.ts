import type { ScalingLog } from '../autoscaling/scaling-log.ts';
import type { Recording } from '../recording.ts';
import type { Tables } from '../tables.ts';
import { NoticedRequestSource } from '../traffic/noticed-request-source.ts';
import { RequestSource } from '../traffic/request-source.ts';
import type { RecordingSpec } from '../world.ts';
import type { EntityNames } from './entity-names.ts';
import { type LoadColumns, LoadTimeline } from './load-timeline.ts';
import type { Collectors } from './collectors.ts';
import type { Observer } from './observer.ts';
import { type RecordedRun, Recorder } from './recording/recorder.ts';
import { RecorderSeat } from './recording/recorder-seat.ts';
import { type StorySampler, StorySamplers } from './story-sampler.ts';
import { WindowGauges } from './windows/window-gauges.ts';

/** Who reads gauges while the story is played: for the time series, and for the recording. */
export class StoryWatch {
  readonly #seat = new RecorderSeat();
  private readonly spec: RecordingSpec | null;
  #loadTimeline: LoadTimeline | null = null;
  #recorder: Recorder | null = null;
  #windowGauges: WindowGauges | null = null;

  /** `spec`: what to record; null = nothing. */
  constructor(spec: RecordingSpec | null) {
    this.spec = spec;
  }

  get observers(): readonly Observer[] {
    return this.spec === null ? [] : [this.#seat];
  }

  /** The tables are made; nothing has happened yet. `scaling`: what autoscalers will have done. */
  attach(
    tables: Tables,
    names: EntityNames,
    { windows, segments }: Collectors,
    scaling: ScalingLog,
  ): void {
    const { timelineNs } = tables.world.record;
    if (timelineNs > 0) this.#loadTimeline = new LoadTimeline(tables, scaling, timelineNs);
    if (this.spec !== null) {
      this.#recorder = new Recorder(this.spec, names, tables, scaling);
    }
    if (windows !== null) {
      this.#windowGauges = new WindowGauges(windows.asked, segments, tables);
    }
    this.#seat.occupant = this.#recorder;
  }

  /** A source of requests made of `parts`, watched where single requests are traced. */
  sourceOf(...parts: ConstructorParameters<typeof RequestSource>): RequestSource {
    if (this.spec === null || this.spec.traceOneIn === 0) return new RequestSource(...parts);
    return new NoticedRequestSource(parts, (request) => this.#recorder?.requestSent(request));
  }

  get sampler(): StorySampler {
    return new StorySamplers(
      [this.#loadTimeline, this.#recorder, this.#windowGauges].filter(
        (sampler) => sampler !== null,
      ),
    );
  }

  loads(): { readonly loads?: LoadColumns; readonly windowGauges?: WindowGauges } {
    return {
      ...(this.#loadTimeline === null ? {} : { loads: this.#loadTimeline.columns() }),
      ...(this.#windowGauges === null ? {} : { windowGauges: this.#windowGauges }),
    };
  }

  recording(run: RecordedRun): Recording | null {
    return this.#recorder?.recording(run) ?? null;
  }
}
