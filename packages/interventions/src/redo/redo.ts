import {
  dormantScores,
  observedSites,
  perElement,
  sitesSchema,
  StateEdit,
  unitWiring,
  type Intervention,
} from '@reluctant/core';
import { z } from 'zod';
import { FreshLayers } from '../shared/fresh-layers.js';
import { outcomes } from '../shared/outcomes.js';
import { pickUnits } from '../shared/pick-units.js';
import { obstacleTo } from './obstacle.js';
import { closeOff, drawAnew } from './reinitialize.js';

export const redoOptions = z.strictObject({
  sites: sitesSchema,
  tau: z
    .number()
    .min(0)
    .default(0.025)
    .describe(
      "A unit is re-initialised where its mean activation is at most this share of its layer's; 0: where it never fired",
    ),
  skips: z
    .enum(['leave', 'repair'])
    .default('leave')
    .describe(
      "Units whose output also goes on where no weight can be set to zero (a skip connection, the logits): leave them, or repair them although the network's output changes",
    ),
});
export type RedoOptions = z.infer<typeof redoOptions>;

/**
 * ReDo, recycling dormant neurons (Sokar et al. 2023, arXiv 2302.12902, algorithm 1): units that are τ-dormant on the probe split
 * get new incoming weights, and zero outgoing ones, so that what they are turned into does not disturb what the network computes
 * until it has learnt to use them. They use τ = 0.025 to count and up to 0.1 to recycle.
 *
 * - dormant: E|h_i| / (mean_k E|h_k| + 1e-9) ≤ τ, as the probe `dormant` counts
 * - incoming weights: the unit's part of a new draw of the whole layer by the experiment's initializer, with its bias. At a ReLU
 *   behind an addition, of each summand's layer that leads to this ReLU alone
 * - batch normalisations on the way in: γ = 1, β = 0, moving mean 0, moving variance 1 of the unit's channel
 * - outgoing weights: 0 in all weight layers that the output reaches through pooling, dropout, padding, flattening, concatenation,
 *   activations and batch normalisations (of which a constant that they made of the unit's silence is lost)
 * - from one re-initialised unit to another the new weight is kept, so that a layer that is dormant as a whole can fire again
 * - the optimizer's slots of all these entries: 0. Its count of steps is the whole network's and stays
 *
 * A unit that `leaky-relu` has made leaky is re-initialised like any other, and stays leaky.
 *
 * Left alone, with the reason in the log: units whose weights belong to others too (a layer that is called twice), frozen ones,
 * those without weights of their own, and with `skips: leave` those whose output also enters an addition.
 */
export const redo: Intervention<RedoOptions> = {
  kind: 'redo',
  summary: 'Re-initialises τ-dormant units and sets their outgoing weights to zero (ReDo)',
  options: redoOptions,
  taps: (sites, options) =>
    observedSites(sites, options.sites).map(({ name }) => ({ site: name, at: 'activation', statistics: ['sumAbs'] })),
  intervene(context, { tau, skips }) {
    const { graph, state } = context;
    const wiringOf = unitWiring(graph);
    const dormant = pickUnits(context, 'sumAbs', (sumAbs, elements) =>
      dormantScores(perElement(sumAbs, elements)).map((score) => score <= tau),
    );
    const picked = dormant.map(({ site, unit }) => {
      const wiring = wiringOf(site.name, unit);
      return { site, unit, wiring, obstacle: obstacleTo(wiring, graph, skips) };
    });
    const edit = new StateEdit(state);
    const fresh = new FreshLayers(context);
    const repaired = picked.filter(({ obstacle }) => obstacle === undefined);
    for (const { wiring } of repaired) for (const weights of wiring.outgoing) closeOff(edit, state, weights);
    for (const { wiring } of repaired) for (const way of wiring.incoming) drawAnew(edit, fresh, way);
    return { changes: edit.changes, ...outcomes(picked, 're-initialised') };
  },
};
