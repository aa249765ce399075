import { ReluctantError, type Statistic, type Tap, type TapSample } from '@reluctant/core';
import { filter, type MonoTypeOperatorFunction } from 'rxjs';

/**
 * Lets through the samples of `taps` and nothing else: the stream carries every probe's. Windows without images are left out,
 * as nothing can be said of them.
 */
export function ownSamples(taps: readonly Tap[]): MonoTypeOperatorFunction<TapSample> {
  return filter(
    (sample) =>
      sample.images > 0 && taps.some((tap) => tap.site === sample.site && tap.at === sample.at && tap.on === sample.on),
  );
}

/**
 * One statistic of a sample, per unit.
 * @throws ReluctantError `PROBE_FAILED` where the sample was recorded without it
 */
export function statisticOf(sample: TapSample, statistic: Statistic): Float64Array {
  const values = sample.values[statistic];
  if (values) return values;
  throw new ReluctantError(
    'PROBE_FAILED',
    `The sample of "${sample.site}" at step ${sample.step} holds no "${statistic}". Record the run with this probe.`,
  );
}
