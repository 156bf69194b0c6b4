import { setTimeout as pause } from 'node:timers/promises';
import type { Page, Request, Worker } from 'playwright-core';

/** What a page fetches: what is under way, and how much it has ever asked for. */
interface Traffic {
  readonly underWay: Set<Request>;
  startedCount: number;
}

/** No answer takes a hundredth of it; what never comes is named. */
const FETCH_MS_MAX = 60_000;

const traffics = new WeakMap<Page, Traffic>();

/** Keeps count of what the page fetches; to be called before it opens an address. */
export function followTraffic(page: Page): void {
  const traffic: Traffic = { underWay: new Set(), startedCount: 0 };
  traffics.set(page, traffic);
  page.on('request', (request) => {
    traffic.underWay.add(request);
    traffic.startedCount++;
  });
  page.on('requestfinished', (request) => traffic.underWay.delete(request));
  page.on('requestfailed', (request) => traffic.underWay.delete(request));
}

/**
 * Waits until fonts are there, what was fetched has been decoded and drawn, and nothing says that
 * it is busy. For after a key or a click as well as after loading. Each step is ordered after what
 * the page did before it, so nothing here is a guess about how fast a machine is.
 */
export async function untilDrawn(page: Page): Promise<void> {
  const traffic = traffics.get(page)!;
  let isAtRest = false;
  while (!isAtRest) {
    const { startedCount } = traffic;
    await untilFetched(traffic);
    await twoFrames(page);
    await Promise.all(page.workers().filter(isDecoder).map(oneTurn));
    isAtRest = !(await twoFrames(page)) && traffic.startedCount === startedCount;
  }
}

async function untilFetched({ underWay }: Traffic): Promise<void> {
  const startedMs = performance.now();
  while (underWay.size > 0) {
    if (performance.now() - startedMs > FETCH_MS_MAX) {
      throw new Error(`still fetching ${[...underWay].map((request) => request.url()).join(', ')}`);
    }
    await pause(5);
  }
}

/** True if a part of the page says that it is still at work on its picture. */
async function twoFrames(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    // A simulation of the playground takes seconds: tests wait for its fingerprint instead.
    const busy = '[aria-busy="true"], .view:not(.view-playground) .loading';
    return document.querySelector(busy) !== null;
  });
}

const isDecoder = (worker: Worker): boolean => worker.url().includes('decode-worker');

/** When it resolves, the worker has answered what it had been asked before. */
async function oneTurn(worker: Worker): Promise<void> {
  await worker.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
}
