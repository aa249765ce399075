import { isGradient, ReluctantError, validateDocument, type Probe, type ReluSite, type Tap } from '@reluctant/core';
import { activationProbability } from '../activation-probability/activation-probability.js';
import { deadUnits } from '../dead-units/dead-units.js';
import { dormant } from '../dormant/dormant.js';
import { unitLifecycle } from '../unit-lifecycle/unit-lifecycle.js';
import type { WatchedProbe } from './watch-options.js';

/** What is watched unless told otherwise. */
export const DEFAULT_PROBES: readonly Probe[] = [activationProbability, deadUnits, dormant, unitLifecycle];

export interface ChosenProbe {
  readonly probe: Probe;
  readonly options: unknown;
  /** What it asks for on the fixed images. */
  readonly taps: readonly Tap[];
}

/**
 * Probes with their options checked, confined to what can be seen from outside of the training loop: activations and
 * pre-activations on fixed images, and the network itself. A probe that looks at training batches too, as some do by default, is left with these.
 * @throws ReluctantError `CONFIG_INVALID` for options that make no sense and for a kind that is listed twice; `ENGINE_UNSUPPORTED`
 *   for a probe, or the option `training`, that needs what only a run has
 */
export function chooseProbes(watched: readonly WatchedProbe[], sites: readonly ReluSite[]): readonly ChosenProbe[] {
  const chosen = watched.map((entry) => choose(entry, sites));
  const kinds = chosen.map(({ probe }) => probe.kind);
  const repeated = kinds.find((kind, place) => kinds.indexOf(kind) !== place);
  if (repeated === undefined) return chosen;
  throw new ReluctantError(
    'CONFIG_INVALID',
    `watch: the probe "${repeated}" is listed twice, and its readings could not be told apart. Leave one out.`,
  );
}

function choose(entry: WatchedProbe, sites: readonly ReluSite[]): ChosenProbe {
  const { probe, ...given } = 'probe' in entry ? entry : { probe: entry };
  const options = validateDocument(probe.options, given, `watch: the options of "${probe.kind}"`);
  if ('training' in given && given.training === true) throw unavailable(probe, 'training batches');
  const asked = probe.taps(sites, options);
  if (asked.some(({ at }) => isGradient(at))) throw unavailable(probe, 'gradients');
  const taps = asked.filter(({ on }) => on === 'probe-split');
  if (taps.length === 0 && !probe.inspect) throw unavailable(probe, 'training batches');
  return { probe, options, taps };
}

function unavailable({ kind }: Probe, what: string): ReluctantError {
  return new ReluctantError(
    'ENGINE_UNSUPPORTED',
    `The probe "${kind}" needs ${what}, which watch does not see: it measures on fixed images, outside of the ` +
      'training loop. Use that probe in an experiment file, with `reluctant run`.',
  );
}
