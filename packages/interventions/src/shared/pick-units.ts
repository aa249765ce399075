import { ReluctantError, type InterventionContext, type ReluSite, type Statistic } from '@reluctant/core';

/**
 * The units of the sampled sites for which `isPicked` holds, in the network's order.
 * @param values the statistic per unit, and the number of elements behind it
 * @throws `PLUGIN_INVALID` where a sample lacks the statistic
 */
export function pickUnits(
  { sites, samples }: Pick<InterventionContext, 'sites' | 'samples'>,
  statistic: Statistic,
  isPicked: (values: Float64Array, elements: number) => readonly boolean[],
): readonly { readonly site: ReluSite; readonly unit: number }[] {
  return samples.flatMap((sample) => {
    const site = sites.find(({ name }) => name === sample.site)!;
    const values = sample.values[statistic];
    if (!values) throw new ReluctantError('PLUGIN_INVALID', `The sample of "${sample.site}" holds no "${statistic}".`);
    return isPicked(values, sample.elements).flatMap((picked, unit) => (picked ? [{ site, unit }] : []));
  });
}
