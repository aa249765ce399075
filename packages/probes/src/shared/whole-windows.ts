import type { Tap, TapPoint, TapSample } from '@reluctant/core';
import { concatMap, defer, type Observable } from 'rxjs';
import { ownSamples, statisticOf } from './own-samples.js';

/** The samples of one site over one window, by the points at which they were taken. */
export type WindowSamples = ReadonlyMap<TapPoint, TapSample>;

/**
 * The samples of `taps` that belong together, as soon as the last of them is there. Samples of a window that stays incomplete are dropped
 * when a later one begins.
 * @throws ReluctantError `PROBE_FAILED` in the stream where a sample was recorded without a statistic that its tap asks for
 */
export function wholeWindows(samples$: Observable<TapSample>, taps: readonly Tap[]): Observable<WindowSamples> {
  return defer(() => {
    const begun = new Map<string, Map<TapPoint, TapSample>>();
    return samples$.pipe(
      ownSamples(taps),
      concatMap((sample) => {
        const wanted = taps.filter(({ site, on }) => site === sample.site && on === sample.on);
        for (const statistic of wanted.find(({ at }) => at === sample.at)!.statistics) statisticOf(sample, statistic);
        const key = JSON.stringify([sample.site, sample.on]);
        const earlier = begun.get(key);
        const window = earlier && stepOf(earlier) === sample.step ? earlier : new Map<TapPoint, TapSample>();
        begun.set(key, window.set(sample.at, sample));
        if (window.size < wanted.length) return [];
        begun.delete(key);
        return [window];
      }),
    );
  });
}

function stepOf(window: WindowSamples): number {
  const [{ step }] = window.values();
  return step;
}
