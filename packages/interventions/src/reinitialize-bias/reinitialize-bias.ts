import {
  observedSites,
  shiftOf,
  sitesSchema,
  StateEdit,
  unitWiring,
  type Intervention,
  type InterventionContext,
  type Shift,
} from '@reluctant/core';
import { z } from 'zod';
import { FreshLayers } from '../shared/fresh-layers.js';
import { outcomes } from '../shared/outcomes.js';
import { pickUnits } from '../shared/pick-units.js';

export const reinitializeBiasOptions = z.strictObject({
  sites: sitesSchema,
  to: z
    .union([z.literal('initial'), z.number()])
    .default('initial')
    .describe(
      'What the shift becomes: initial (as the initializer makes biases; 0 for the β of a batch normalisation), or a number',
    ),
});
export type ReinitializeBiasOptions = z.infer<typeof reinitializeBiasOptions>;

/**
 * Sets the shift of units that never fired on the probe split, and nothing else: the trained parameter that is added to all of a
 * unit's pre-activations alike. A unit that died because its shift was pushed below what its weights reach fires again.
 *
 * - never fired: no element above zero on the whole probe split, as the probe `dead-units` counts
 * - shift: the bias of the layer, or the β of the batch normalisation, whose output goes into the ReLU and nowhere else
 * - the optimizer's slots of these entries: 0. Its count of steps is the whole network's and stays
 *
 * What the network computes changes with what the revived unit adds. Left alone, with the reason in the log: sites that have no
 * such parameter, as behind an addition or a layer without a bias, and those where it is frozen or used by another call too.
 */
export const reinitializeBias: Intervention<ReinitializeBiasOptions> = {
  kind: 'reinitialize-bias',
  summary: 'Sets the bias, or the β of the batch normalisation, of units that never fired',
  options: reinitializeBiasOptions,
  taps: (sites, options) =>
    observedSites(sites, options.sites).map(({ name }) => ({ site: name, at: 'activation', statistics: ['fired'] })),
  intervene(context, { to }) {
    const dead = pickUnits(context, 'fired', (fired) => Array.from(fired, (elements) => elements === 0));
    const edit = new StateEdit(context.state);
    const initial = initialShift(context);
    const picked = dead.map(({ site, unit }) => {
      const shift = shiftOf(context.graph, site.name);
      if (!shift) return { site, unit, obstacle: 'it has no trained shift of its own' };
      edit.set(shift.parameter, unit, to === 'initial' ? initial(site.name, unit, shift) : to);
      return { site, unit };
    });
    return { changes: edit.changes, ...outcomes(picked, 'got a new shift') };
  },
};

function initialShift(context: InterventionContext): (site: string, unit: number, shift: Shift) => number {
  const fresh = new FreshLayers(context);
  const wiringOf = unitWiring(context.graph);
  return (site, unit, { kind }) =>
    kind === 'batch-norm' ? 0 : fresh.of(wiringOf(site, unit).incoming[0].kernel).bias[unit];
}
