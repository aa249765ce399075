import {
  ACTIVATION_LEVELS,
  mergeTaps,
  TapWindow,
  type ReluSite,
  type StatisticValues,
  type Tap,
  type TapSample,
} from '@reluctant/core';
import fc from 'fast-check';

/** Activations of one site: [images][positions][units]. */
export type Activations = readonly (readonly (readonly number[])[])[];

/** One look at the network: the activations of each site, by its name. */
export interface Look {
  readonly step: number;
  readonly bySite: Readonly<Record<string, Activations>>;
}

/**
 * Activations with silent units, silent images and busy ones. Values are dyadic, so that sums of squares are exact in any
 * order.
 */
export function anyActivations(site: ReluSite): fc.Arbitrary<Activations> {
  const value = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 512 }).map((n) => n / 64)); // prettier-ignore
  const list = <T>(element: fc.Arbitrary<T>, length: number) =>
    fc.array(element, { minLength: length, maxLength: length });
  const silenced = list(fc.boolean(), site.units);
  const images = fc.array(list(list(value, site.units), site.positions), { minLength: 1, maxLength: 7 });
  return fc
    .tuple(silenced, images)
    .map(([silent, maps]) =>
      maps.map((positions) => positions.map((units) => units.map((y, unit) => (silent[unit] ? 0 : y)))),
    );
}

export function anyLooks(sites: readonly ReluSite[], maxLooks: number): fc.Arbitrary<readonly Look[]> {
  const look = fc.record(Object.fromEntries(sites.map((site) => [site.name, anyActivations(site)])));
  return fc
    .array(look, { minLength: 1, maxLength: maxLooks })
    .map((looks) => looks.map((bySite, index) => ({ step: index * 10, bySite })));
}

/**
 * Plays engine and training loop: measures what the taps ask for in batches of two images and closes every window, as both
 * series, in the order of the sites.
 */
export function samplesOf(looks: readonly Look[], sites: readonly ReluSite[], taps: readonly Tap[]): TapSample[] {
  return looks.flatMap(({ step, bySite }) =>
    sites.flatMap((site) =>
      mergeTaps(taps)
        .filter((tap) => tap.site === site.name)
        .map((tap) => {
          const window = new TapWindow(tap, site);
          for (const batch of batchesOf(bySite[site.name], 2)) {
            window.add({ site: site.name, at: tap.at, values: measure(batch, site) }, batch.length);
          }
          return window.toSample({ step, epoch: step / 10 });
        }),
    ),
  );
}

function batchesOf(activations: Activations, size: number): Activations[] {
  const batches = [];
  for (let start = 0; start < activations.length; start += size) batches.push(activations.slice(start, start + size));
  return batches;
}

function measure(batch: Activations, site: ReluSite): StatisticValues {
  const ofUnits = (value: (unit: number) => number) =>
    Float64Array.from({ length: site.units }, (_, unit) => value(unit));
  const elements = (unit: number) => batch.flatMap((positions) => positions.map((units) => units[unit]));
  const total = (value: (y: number) => number) =>
    ofUnits((unit) => elements(unit).reduce((sum, y) => sum + value(y), 0));
  return {
    fired: total((y) => Number(y > 0)),
    imagesFired: ofUnits((unit) => batch.filter((positions) => positions.some((units) => units[unit] > 0)).length),
    sum: total((y) => y),
    sumAbs: total(Math.abs),
    sumSquares: total((y) => y * y),
    max: ofUnits((unit) => Math.max(...elements(unit))),
    firedPerImage: Float64Array.from(batch, (positions) => positions.flat().filter((y) => y > 0).length),
    exceedances: Float64Array.from(ACTIVATION_LEVELS.flatMap((level) => [...total((y) => Number(y > level))])),
    positionFired: Float64Array.from({ length: site.positions * site.units }, (_, index) => {
      const [position, unit] = [Math.floor(index / site.units), index % site.units];
      return batch.filter((positions) => positions[position][unit] > 0).length;
    }),
  };
}
