import { kindOf } from './kind-of.js';
import { describeChoice, optionsOf, type Options } from './describe-choice.js';

/** What the report's measures mean, by the probe that takes them, with the thresholds that the run set. */
const DEFINITIONS = new Map<string | undefined, (options: Options) => string>(
  Object.entries({
    'activation-probability': ({ confidence, resamples }) =>
      'Pr[y>0] of a unit is the share of its outputs above zero, over all images and positions; that of a layer is the mean over ' +
      `its units${told(resamples, (value) => `, with a${told(confidence, percent)} bootstrap interval of ${value} resamples of images`)}.`,
    'dead-units': ({ epsilon, confidence }) =>
      `A unit never fired where none of its outputs was above zero, and is nearly dead where Pr[y>0] < ${epsilonOf(epsilon)}; ` +
      `how often one may yet fire on an image is bounded by the one-sided${told(confidence, percent)} Clopper–Pearson bound over images.`,
    dormant: ({ tau }) =>
      `A unit is dormant where its mean |y| is at most ${told(tau, (value) => `τ = ${value}`)} times the mean over its layer (Sokar et al. 2023).`,
    'unit-lifecycle': () =>
      'A unit is born dead where it never fired before training, died at the first measurement at which it never fired after one at ' +
      'which it had, and revived where it fired again.',
  } satisfies Record<string, (options: Options) => string>),
);

/** The definitions of a run's probes, and the kinds and options of the probes that have none here. */
export function definitions(probes: unknown): readonly string[] {
  if (!Array.isArray(probes)) return [];
  const known = probes.flatMap((probe) => DEFINITIONS.get(kindOf(probe))?.(optionsOf(probe)) ?? []);
  const others = probes
    .filter((probe) => !DEFINITIONS.has(kindOf(probe)))
    .flatMap((probe) => describeChoice(probe) ?? []);
  return [...known, ...(others.length > 0 ? [`Recorded besides: ${others.join('; ')}.`] : [])];
}

function told(value: unknown, say: (value: number) => string): string {
  return typeof value === 'number' ? say(value) : '';
}

function percent(confidence: number): string {
  return ` ${Number((100 * confidence).toFixed(3))}\u00a0%`;
}

function epsilonOf(epsilon: unknown): string {
  return typeof epsilon === 'number' ? `ε = ${epsilon}` : 'ε';
}
