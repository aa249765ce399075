import type { ProbeOutput, TapSample } from '@reluctant/core';
import { concatMap, groupBy, mergeMap, scan, type OperatorFunction } from 'rxjs';

/** What is known of a site after one more sample, and what is to be said of it. */
export interface Seen<S> {
  readonly state: S;
  readonly outputs: readonly ProbeOutput[];
}

/**
 * Follows each site by itself, from sample to sample.
 * @param see pure
 */
export function perSite<S>(
  initial: S,
  see: (before: S, sample: TapSample) => Seen<S>,
): OperatorFunction<TapSample, ProbeOutput> {
  return (samples$) =>
    samples$.pipe(
      groupBy((sample) => sample.site),
      mergeMap((ofSite$) =>
        ofSite$.pipe(
          scan((seen: Seen<S>, sample) => see(seen.state, sample), { state: initial, outputs: [] }),
          concatMap(({ outputs }) => outputs),
        ),
      ),
    );
}
