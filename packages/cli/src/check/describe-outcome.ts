import { neverFiredUpperBound } from '@reluctant/core';
import { place } from '../output/format-place.js';
import { number } from '../output/format-number.js';
import { percentage } from '../output/percentage.js';
import type { Finding, RuleOutcome } from './evaluate-rules.js';
import { isOfTraining, isResult, isTransition, type MeasureName } from './measures.js';
import type { RunFacts } from './run-facts.js';

const UNITS_NAMED = 12;

/** A finding in a line: where, the value, and on what it rests. */
export function describeFinding({ rule: { measure } }: RuleOutcome, finding: Finding): string {
  const basis = `${inputsOf(measure, finding.basis.images)}, ${place(finding.basis)}`;
  return `${finding.layer ?? 'network'}: ${describeValue(measure, finding)}; ${basis}`;
}

function describeValue(measure: MeasureName, { value, count, units }: Finding): string {
  if (count === undefined) return `${measure} ${Number.isNaN(value) ? 'is not a number' : exact(value)}`;
  const share = percentage(count / units!);
  return isTransition(measure)
    ? `${measure} ${count} times in ${units} units (${share})`
    : `${measure} ${count} of ${units} units (${share})`;
}

/** Enough digits that a value near its threshold does not look like it. */
function exact(value: number): string {
  return Math.abs(value) < 1000 ? String(Number(value.toPrecision(6))) : number(value);
}

/** The inputs that a measure is of. */
function inputsOf(measure: MeasureName, images: number): string {
  if (measure === 'certified-dead') return 'all inputs of the input range';
  const kind =
    measure === 'accuracy' || measure === 'loss'
      ? 'test images'
      : isResult(measure) || isOfTraining(measure)
        ? 'training images'
        : 'images of the probe split';
  return `${images.toLocaleString('en')} ${kind}`;
}

/** The units that a finding concerns, layer by layer: `relu2: 0, 1, 5`. */
export function describeUnits({ concerned }: Finding): string {
  return concerned.map(({ layer, units }) => `${layer}: ${listed(units)}`).join('; ');
}

function listed(units: readonly number[]): string {
  const shown = units.slice(0, UNITS_NAMED).join(', ');
  return units.length > UNITS_NAMED ? `${shown} and ${units.length - UNITS_NAMED} more` : shown;
}

/** What is to be known of the measures of some rules: thresholds of definitions, what silence proves, and what was not measured. */
export function remarks(
  outcomes: readonly RuleOutcome[],
  { thresholds, measured, status }: RunFacts,
): readonly string[] {
  const asked = new Set(outcomes.map(({ rule }) => rule.measure));
  const bound = percentage(neverFiredUpperBound(measured.images));
  const all: readonly (readonly [boolean, string])[] = [
    [status !== 'completed', `The run is ${status}: what is checked is its last measurement.`],
    [
      asked.has('never-fired') || asked.has('dead'),
      `A unit that fired on none of ${measured.images.toLocaleString('en')} images fires on less than ${bound} of images (one-sided 95 % bound).`,
    ],
    [asked.has('nearly-dead'), `nearly-dead: Pr[y>0] < ${thresholds.epsilon}.`],
    [asked.has('silent'), 'silent: fired in none of the training steps of the last training window.'],
    [asked.has('dormant'), `dormant: mean output at most ${thresholds.tau} times the layer's.`],
    ...outcomes.map(({ rule, notMeasured }) => {
      const text = `${rule.text} says nothing of ${notMeasured.join(', ')}, where ${rule.measure} was not recorded.`;
      return [notMeasured.length > 0, text] as const;
    }),
  ];
  return all.filter(([applies]) => applies).map(([, text]) => text);
}
