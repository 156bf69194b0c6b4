/** What the probe has seen since it was last emptied; milliseconds. */
export interface ProbeReadings {
  /** Script of one frame: everything that was called back for it. */
  readonly frameScriptMs: number[];
  /** From one frame to the next. */
  readonly frameGapMs: number[];
}

export interface Probe extends ProbeReadings {
  /** Since navigation; null while no POP has been drawn. */
  interactiveMs: number | null;
  empty(): ProbeReadings;
}

/**
 * Runs in the page before its own scripts: counts what callbacks of `requestAnimationFrame` take
 * (everything that moves is drawn by them, timers of d3 too), frame by frame, in wall time.
 */
export function installProbe(): void {
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  const probe: Probe = {
    frameScriptMs: [],
    frameGapMs: [],
    interactiveMs: null,
    empty() {
      const { frameScriptMs, frameGapMs } = probe;
      const readings = {
        frameScriptMs: [...frameScriptMs],
        frameGapMs: [...frameGapMs],
      };
      frameScriptMs.length = frameGapMs.length = 0;
      return readings;
    },
  };
  let frame = Number.NaN;
  let spentMs = 0;
  globalThis.requestAnimationFrame = (callback) =>
    request((time) => {
      if (time !== frame) {
        if (!Number.isNaN(frame)) {
          probe.frameScriptMs.push(spentMs);
          probe.frameGapMs.push(time - frame);
        }
        frame = time;
        spentMs = 0;
      }
      const startedMs = performance.now();
      callback(time);
      spentMs += performance.now() - startedMs;
      if (probe.interactiveMs === null && document.querySelector('g.pop') !== null) {
        // The frame after the one that drew it: input is answered from here on.
        request(() => (probe.interactiveMs ??= performance.now()));
      }
    });
  Object.assign(globalThis, { dashboardProbe: probe });
}
