import { leakSlopeName, observedSites, sitesSchema, StateEdit, withLeaks, type Intervention } from '@reluctant/core';
import { z } from 'zod';
import { outcomes } from '../shared/outcomes.js';
import { pickUnits } from '../shared/pick-units.js';

export const leakyReluOptions = z.strictObject({
  sites: sitesSchema,
  alpha: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.01)
    .describe('Slope below 0 that a unit gets, between 0 and 1; it is not trained'),
  units: z
    .enum(['never-fired', 'all'])
    .default('never-fired')
    .describe('Which units become leaky: those that never fired, or all of the sites'),
});
export type LeakyReluOptions = z.infer<typeof leakyReluOptions>;

/**
 * Turns ReLU units into leaky ones (Maas et al. 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models): below 0 their
 * output is no longer 0 but α times the pre-activation, so that a unit that never fires gets gradients again and can come back.
 *
 * - never fired: no element above zero on the whole probe split, as the probe `dead-units` counts
 * - leaky: output max(s, 0) + α·min(s, 0) of the pre-activation s; α stays what it is, and the unit leaky, to the end of the run
 * - a ReLU with a cap (ReLU6) keeps it: its output is min(max(s, 0), cap) + α·min(s, 0)
 * - nothing else is changed: no weight, and no optimizer slot
 *
 * What the network computes changes with what the unit lets through. Units that are leaky already are left as they are, without a word.
 *
 * The network is prepared for it from the start, with a slope of 0 for every unit of its sites, which changes no bit. The sites stay
 * what they are for probes: a unit *fires* where its pre-activation is above 0, leaky or not, and `activation` is the ReLU's output
 * without the leak. What it passes on of the gradient (`preactivation-gradient`) includes the leak, so that the probe `gradient` shows
 * a leaky unit that is dead by activation and not by gradient.
 */
export const leakyRelu: Intervention<LeakyReluOptions> = {
  kind: 'leaky-relu',
  summary: 'Makes units that never fired leaky: below 0, a slope of α instead of 0',
  options: leakyReluOptions,
  prepare: (network, options) =>
    withLeaks(
      network,
      observedSites(network.sites, options.sites).map(({ name }) => name),
    ),
  taps: (sites, options) =>
    observedSites(sites, options.sites).map(({ name }) => ({ site: name, at: 'activation', statistics: ['fired'] })),
  intervene(context, { alpha, units }) {
    const { state } = context;
    const concerned = pickUnits(context, 'fired', (fired) =>
      Array.from(fired, (elements) => units === 'all' || elements === 0),
    );
    const picked = concerned.filter(({ site, unit }) => state[leakSlopeName(site.name)].data[unit] === 0);
    const edit = new StateEdit(state);
    for (const { site, unit } of picked) edit.set(leakSlopeName(site.name), unit, alpha);
    return { changes: edit.changes, ...outcomes(picked, 'made leaky') };
  },
};
