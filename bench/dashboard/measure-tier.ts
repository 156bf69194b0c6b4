import type { Browser, CDPSession, Page } from 'playwright-core';
import { frameCosts, TRACED, type FrameCosts } from './frame-costs.ts';
import { installProbe, type Probe, type ProbeReadings } from './page-probe.ts';

type WithProbe = typeof globalThis & { readonly dashboardProbe: Probe };

export interface FirstPaint {
  readonly paintMs: number;
  readonly interactiveMs: number;
}

export interface TierMeasurements {
  readonly served: FirstPaint;
  readonly playback: ProbeReadings;
  readonly costs: FrameCosts;
  /** Script for one step of the scrubber, handlers and the frames after them; processor time. */
  readonly scrubMs: readonly number[];
  /** After a collection, after the playback; and how much more that is than before it. */
  readonly heapBytes: number;
  readonly heapGrowthBytes: number;
}

const WINDOW = { width: 1440, height: 900 };

export async function openProbed(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: WINDOW, deviceScaleFactor: 1 });
  const page = await context.newPage();
  // esbuild names functions that are sent to the page by this.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(installProbe);
  await page.goto(url);
  return page;
}

/** When something was first painted and when the map stood, since navigation. */
export async function firstPaint(page: Page): Promise<FirstPaint> {
  await page.waitForFunction(
    () => (globalThis as WithProbe).dashboardProbe.interactiveMs !== null,
    undefined,
    { timeout: 120_000 },
  );
  return page.evaluate(() => ({
    paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    interactiveMs: (globalThis as WithProbe).dashboardProbe.interactiveMs!,
  }));
}

/** The map of a tier: opened, played for so many seconds of wall time, scrubbed. */
export async function measureTier(
  browser: Browser,
  url: string,
  playSeconds: number,
): Promise<TierMeasurements> {
  const page = await openProbed(browser, `${url}#v=map&t=100&speed=30`);
  const served = await firstPaint(page);
  await page.waitForLoadState('networkidle');
  const debug = await page.context().newCDPSession(page);
  await play(page, 2);
  const before = await heapAfterCollection(debug);
  await empty(page);
  await browser.startTracing(page, { categories: TRACED });
  await play(page, playSeconds);
  const costs = frameCosts(await browser.stopTracing());
  const playback = await empty(page);
  const heapBytes = await heapAfterCollection(debug);
  await browser.startTracing(page, { categories: TRACED });
  await scrub(page);
  const scrubMs = inSteps(frameCosts(await browser.stopTracing()).scriptMs);
  await page.context().close();
  return { served, playback, costs, scrubMs, heapBytes, heapGrowthBytes: heapBytes - before };
}

const empty = (page: Page): Promise<ProbeReadings> =>
  page.evaluate(() => (globalThis as WithProbe).dashboardProbe.empty());

async function play(page: Page, seconds: number): Promise<void> {
  await page.keyboard.press('Space');
  await page.waitForTimeout(seconds * 1000);
  await page.keyboard.press('Space');
}

async function heapAfterCollection(debug: CDPSession): Promise<number> {
  await debug.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await debug.send('Runtime.getHeapUsage');
  // Series are in buffers outside the heap of objects.
  return usedSize + backingStorageSize;
}

const SCRUB_STEPS = 24;

/**
 * Presses the scrubber and moves it across the story, to and fro. The handlers run in the callback
 * of a frame, so that they count as its script.
 */
function scrub(page: Page): Promise<void> {
  return page.evaluate(async (steps) => {
    const track = document.querySelector('.time-track-svg')!;
    track.setPointerCapture = () => undefined;
    const { left, width, top } = track.getBoundingClientRect();
    const send = (type: string, share: number): void => {
      const at = { clientX: left + width * share, clientY: top + 5, bubbles: true };
      track.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, buttons: 1 }));
    };
    const frame = (then: () => void = () => undefined) =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          then();
          resolve();
        }),
      );
    send('pointerdown', 0.05);
    for (let step = 0; step < steps; step++) {
      await frame(() => send('pointermove', (((step * 7) % steps) + 1) / (steps + 2)));
      await frame();
      await frame();
    }
    send('pointerup', 0.5);
  }, SCRUB_STEPS);
}

/** Sums over the frames of each step: all steps have as many. */
function inSteps(frameMs: readonly number[]): number[] {
  const steps = Array.from({ length: SCRUB_STEPS }, () => 0);
  frameMs.forEach((ms, frame) => {
    steps[Math.floor((frame * SCRUB_STEPS) / frameMs.length)]! += ms;
  });
  return steps;
}
