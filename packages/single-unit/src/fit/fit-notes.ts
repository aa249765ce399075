import { theoryDeviation, type SimulationNote, type SimulationSeries } from '@reluctant/core';
import { format, information, warning } from '../comparison/wording.js';
import { LARGEST_BY_CHANCE } from '../comparison/largest-by-chance.js';
import type { FitOptions } from './fit-options.js';
import type { NoSignalFit } from './no-signal-fit.js';
import { shiftName, type Predictions } from './predictions.js';
import { sumsGradients } from './shift-motion.js';

/** What is assumed, where that does not hold, and what the record does not tell. */
export function fitNotes(
  options: FitOptions,
  recorded: SimulationSeries,
  { shares, mean }: Predictions,
  fit: NoSignalFit | undefined,
): readonly SimulationNote[] {
  const byMoments = shares.get('normalPreactivation');
  return [
    byMoments
      ? normality(theoryDeviation(byMoments, recorded))
      : information(withoutMoments(shares.has('rectifiedNormal'))),
    ...(mean ? shiftNotes(options, mean.values) : [information(withoutShift(options))]),
    ...(fit ? [information(noSignal(options, fit))] : []),
  ];
}

function normality({ largest, outside, compared }: ReturnType<typeof theoryDeviation>): SimulationNote {
  const assumed = 'The model takes the pre-activation to be normal, of the recorded mean and deviation.';
  if (!largest) return information(assumed);
  const { x, difference, standardErrors } = largest;
  const distance =
    `Φ(mean/deviation) is farthest from the recorded Pr[y>0] at epoch ${format(x)}, by ${format(difference)} ` +
    `(${format(standardErrors)} standard errors over images)`;
  if (Math.abs(standardErrors) < LARGEST_BY_CHANCE)
    return information(`${assumed} ${distance}, which chance explains.`);
  const epochs = outside.map((place) => format(place.x)).join(', ');
  return warning(
    `${assumed} It is not: ${distance}, and outside the band at ${outside.length} of ${compared} records (epoch ${epochs}).`,
  );
}

function withoutMoments(hasOutputs: boolean): string {
  return (
    'The record holds no mean and variance of the pre-activation: add the probe pre-activation to the experiment file. ' +
    (hasOutputs
      ? 'They are inferred from mean and mean square of the outputs instead, as if the pre-activation were normal.'
      : 'Nor does it hold the moments of the outputs, which the probe activation-stats would record.')
  );
}

/** Why the motion of the bias is not followed. */
function withoutShift({ observations, shift, optimizer }: FitOptions): string {
  const start = 'What moved Pr[y>0] is not shown: ';
  if (!observations[0].preactivation) return `${start}it takes the probes pre-activation and gradient.`;
  if (!observations.some(({ gradient }) => gradient)) {
    return `${start}the record holds no gradients; add the probe gradient to the experiment file.`;
  }
  if (!shift) {
    return `${start}the record names no bias that is the unit's own, as where branches of the network are added before it.`;
  }
  return optimizer && !sumsGradients(optimizer)
    ? `${start}the optimizer ${optimizer.kind} scales every gradient by those before, which the record does not hold.`
    : `${start}the record does not name its optimizer.`;
}

function shiftNotes(
  { observations, shift, optimizer }: FitOptions,
  means: readonly number[],
): readonly SimulationNote[] {
  const known = (_: unknown, at: number) => Number.isFinite(means[at]) && observations[at].preactivation !== undefined;
  const [first, last] = [observations.findIndex(known), observations.findLastIndex(known)];
  const [start, end] = [observations[first], observations[last]];
  const whole = end.preactivation!.mean - start.preactivation!.mean;
  const own = means[last] - means[first];
  const parameter = shiftName(shift);
  const texts = [
    `"Moved by its ${parameter} alone" starts at the mean recorded at epoch ${format(start.epoch)}, adds what the loss gradients at the unit did to its ${parameter}, and divides by ` +
      'the recorded deviation. The weights and the changing inputs are left out: their part takes joint moments of gradient and inputs, ' +
      `which no record holds. From then to epoch ${format(end.epoch)} the mean moved by ${format(whole)}; the ${parameter} accounts for ${format(own)}.`,
  ];
  if (shift === 'batch-norm') {
    texts.push(
      'The unit follows a batch normalisation: in training its mean is β and its deviation |γ|, so a = β/|γ| and weights before it move ' +
        'neither. The records are normalised by moving statistics: what β does not account for is their lag, and that the probe images are others. ' +
        'In an untrained network they normalise nothing, so the curve starts later.',
    );
  }
  if (optimizer && optimizer.kind !== 'sgd') {
    texts.push(
      'Gradients between records are taken to be equal: with momentum, the velocity that they leave at a record is known by and large.',
    );
  }
  if (optimizer && optimizer.weightDecay > 0 && optimizer.decayOn === 'all') {
    texts.push(`The weight decay of the ${parameter} is left out.`);
  }
  return texts.map(information);
}

function noSignal({ learningRate }: FitOptions, { rate, standardError }: NoSignalFit): string {
  if (rate <= 0) {
    return 'The unit fires more often than at first, so that the law of a unit without a signal does not describe it.';
  }
  const beside = learningRate === undefined ? '' : `; the mean learning rate is ${format(learningRate)}`;
  return (
    'The law of a unit without a signal (white inputs of unit variance, a bias, plain gradient descent) is a reference and not a prediction: ' +
    `its rate was fitted, ${format(rate)} ± ${format(standardError)} a step${beside}.`
  );
}
