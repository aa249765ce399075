import {
  ReluctantError,
  type InputRange,
  type InspectedNetwork,
  type Probe,
  type ProbeOutput,
  observedSites,
  sitesSchema,
} from '@reluctant/core';
import { EMPTY } from 'rxjs';
import { z } from 'zod';
import { count } from '../shared/count.js';
import { certifySites } from './certify-dead.js';

const kind = 'certified-dead';

const ends = z.array(z.number()).min(1);

export const certifiedDeadOptions = z.strictObject({
  sites: sitesSchema,
  inputRange: z
    .strictObject({
      lower: ends.describe('least value of an element, one number a channel or one for all'),
      upper: ends.describe('largest value of an element, one number a channel or one for all'),
    })
    .refine(isRange, 'give as many numbers in "lower" as in "upper", or one, and none above its counterpart')
    .optional()
    .describe(
      "Where the elements of all inputs lie, after normalisation, in place of the data set's own range: pixels from black to white",
    ),
});
export type CertifiedDeadOptions = z.infer<typeof certifiedDeadOptions>;

/**
 * Certificates of death: units that provably never fire, in evaluation mode with the present weights, for any input whose elements lie
 * in the input range (permanent death in the sense of Shin & Karniadakis 2019, arXiv 1907.09696). No image is looked at. Bounds are
 * propagated from the range through every layer, each position by itself, with the elements of a layer taken as independent (interval
 * bound propagation, Gowal et al. 2018, arXiv 1810.12715). They are exact in the first layer and ever wider with depth, so a unit
 * without a certificate may be dead nevertheless; one with it fires on no data in the range. Rounding is included: bounds hold for what
 * the engine computes in IEEE float32, in whatever order it sums, and by Winograd's algorithm where it says that it does.
 *
 * - `upper`: upper bound of the unit's pre-activation over all positions and inputs; NaN where a bound would leave the range of float32
 * - `certifiedDead`: `upper` ≤ 0
 * - layer `certifiedDead`: number of units with a certificate
 * - layer `units`: number of units
 *
 * @see Gowal et al. 2018, arXiv 1810.12715 (interval bound propagation); Shin & Karniadakis 2019, arXiv 1907.09696 (permanent death)
 */
export const certifiedDead: Probe<CertifiedDeadOptions> = {
  kind,
  summary: 'Units that provably never fire for any input in the range of the data, with the present weights',
  options: certifiedDeadOptions,
  taps(sites, options) {
    // Names that nothing has are refused before anything is computed.
    observedSites(sites, options.sites);
    return [];
  },
  readings: () => EMPTY,
  inspect,
};

function inspect(
  { graph, sites, parameters, winograd, inputRange, step, epoch }: InspectedNetwork,
  options: CertifiedDeadOptions,
): readonly ProbeOutput[] {
  const range = options.inputRange ?? inputRange;
  if (!range) {
    throw new ReluctantError(
      'CONFIG_INVALID',
      `The data set does not say in which range its inputs lie. Give it to the probe: ` +
        `{ kind: ${kind}, inputRange: { lower: [-3], upper: [3] } }.`,
    );
  }
  const subject = { graph, sites: observedSites(sites, options.sites), parameters };
  return certifySites(subject, { inputRange: range, winograd }).map((certificate) => {
    const flags = certificate.certifiedDead.map(Number);
    return {
      type: 'probe.reading',
      probe: kind,
      site: certificate.site.name,
      on: 'probe-split',
      step,
      epoch,
      images: 0,
      units: { upper: certificate.upper, certifiedDead: flags },
      layer: { certifiedDead: count(flags), units: flags.length },
    };
  });
}

function isRange({ lower, upper }: InputRange): boolean {
  const channels = Math.max(lower.length, upper.length);
  if ([lower, upper].some(({ length }) => length !== 1 && length !== channels)) return false;
  return Array.from({ length: channels }, (_, c) => (lower[c] ?? lower[0]) <= (upper[c] ?? upper[0])).every(Boolean);
}
