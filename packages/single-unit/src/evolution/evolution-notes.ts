import type { SimulationNote } from '@reluctant/core';
import { format, information, warning } from '../comparison/wording.js';
import type { UnitModel } from '../model/unit-model.js';
import type { Agreement } from './comparison.js';
import type { StepSizeAssumption } from './step-size-assumption.js';
import type { FailedTheory } from './theories.js';

/** Which of the theory's assumptions hold, and where it is off. */
export function evolutionNotes(
  { distribution, momentum }: UnitModel,
  stepSize: StepSizeAssumption,
  agreements: readonly Agreement[],
  failed: readonly FailedTheory[],
  confidence: number,
): readonly SimulationNote[] {
  const notes: SimulationNote[] = [];
  if (distribution.kind !== 'normal') {
    notes.push(
      warning(`The theory assumes normal inputs; these are ${distribution.kind}, of the same mean and covariance.`),
    );
  }
  if (distribution.delayLine) {
    notes.push(warning('The theory assumes that inputs are drawn anew at every update; these are a delay line.'));
  }
  const { effective, bound, reason } = stepSize;
  const what =
    momentum > 0 ? `The effective step size μ/(1 − β) = ${format(effective)}` : `The step size ${format(effective)}`;
  if (bound === undefined) notes.push(information(`There is no stability bound of the step size to tell. ${reason}`));
  else if (effective >= bound) {
    notes.push(
      warning(
        `${what} is beyond the stability bound ${format(bound)}: near the optimum the mean square of the weights grows from update to update.`,
      ),
    );
  } else
    notes.push(
      information(`${what} is ${format((100 * effective) / bound)} % of the stability bound ${format(bound)}.`),
    );
  for (const { title, reason } of failed) notes.push(warning(`${title} is left out. ${reason}`));
  agreements.forEach((agreement, index) =>
    notes.push(agreementNote(agreement, index === agreements.length - 1, confidence)),
  );
  return notes;
}

function agreementNote(
  { theory, title, outside, compared, largest, holds }: Agreement,
  isFinest: boolean,
  confidence: number,
): SimulationNote {
  const { standardErrors, quantity, k } = largest;
  const where = `${outside} of ${compared} values outside the ${format(100 * confidence)} % band, at most ${format(Math.abs(standardErrors))} standard errors from the mean (${quantity} at k = ${k})`;
  if (holds) return information(`${title} agrees with the simulation: ${where}.`);
  // Coarse theories are expected to be off by the order of the step size.
  return (isFinest ? warning : information)(
    `${theory.startsWith('C') ? 'Closure error' : 'Off'}: ${title} has ${where}.`,
  );
}
