import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalDensity } from '../numerics/normal.js';
import { RunningMoments } from '../numerics/running-moments.js';
import type { Initialization } from '../model/initializations.js';
import { SingleUnit, type UnitModel } from './single-unit.js';
import { teacher, type TeacherKind } from './teacher.js';
import { updateRule, type RuleKind } from './update-rules.js';

const LEAK = 0.1;
const silent: Initialization = () => 0;

function model(rule: RuleKind, kind: TeacherKind, v: readonly number[], rest: Partial<UnitModel> = {}): UnitModel {
  return {
    teacher: teacher(kind, Float64Array.from(v), 0),
    rule: updateRule(rule, LEAK),
    hasBias: false,
    inputMean: 0,
    stepSize: 0.05,
    noise: 0.3,
    ...rest,
  };
}

/** Mean and standard error of one update divided by the step size: of each weight, then of the bias. */
function measuredDrift(unitModel: UnitModel, w: readonly number[], bias: number, samples: number): RunningMoments {
  const unit = new SingleUnit(unitModel, silent, new Random(7, 'drift'));
  const moments = new RunningMoments(w.length + 1);
  for (let sample = 0; sample < samples; sample++) {
    unit.weights.set(w);
    unit.bias = bias;
    unit.train(1);
    unit.weights.forEach((weight, i) => moments.add(i, (weight - w[i]) / unitModel.stepSize));
    moments.add(w.length, (unit.bias - bias) / unitModel.stepSize);
  }
  return moments;
}

/** Each component lies within 4.5 standard errors of what it should be. */
function expectDrift(moments: RunningMoments, drift: readonly number[]): void {
  drift.forEach((expected, i) => {
    expect(Math.abs(moments.mean(i) - expected)).toBeLessThan(4.5 * moments.standardError(i));
  });
}

describe('the mean update of white, zero-mean inputs without a bias', () => {
  const w = [0.4, -1.1, 0.3];
  const v = [0.9, 0.5, -0.2];
  const norm = Math.hypot(...w);
  const cosine = w.reduce((sum, wi, i) => sum + wi * v[i], 0) / norm / Math.hypot(...v);
  const angle = Math.acos(cosine);
  const half = (x: readonly number[]) => x.map((xi) => xi / 2);
  const minus = (x: readonly number[], y: readonly number[]) => x.map((xi, i) => xi - y[i]);
  /** E[1(s>0) relu(t) x]. */
  const gated = w.map(
    (wi, i) =>
      ((Math.hypot(...v) * Math.sin(angle)) / (2 * Math.PI)) * (wi / norm) + ((Math.PI - angle) / (2 * Math.PI)) * v[i],
  );

  it.each<[RuleKind, TeacherKind, readonly number[]]>([
    // Tian 2017, arXiv 1703.00560.
    ['backprop', 'relu', minus(gated, half(w))],
    ['backprop', 'linear', half(minus(v, w))],
    ['backprop', 'zero', half(w).map((x) => -x)],
    ['lms', 'relu', half(minus(v, w))],
    ['lms', 'linear', minus(v, half(w))],
    [
      'leaky',
      'relu',
      gated.map((g, i) => LEAK * (v[i] / 2) + (1 - LEAK) * g - LEAK ** 2 * w[i] - (1 - LEAK ** 2) * (w[i] / 2)),
    ],
  ])('is the closed form: %s, teacher %s', (rule, kind, drift) => {
    expectDrift(measuredDrift(model(rule, kind, v), w, 0, 200_000), drift);
  });
});

describe('the mean update without a signal', () => {
  it('draws weights and bias of a unit with a bias to where it fires less', () => {
    const w = [0.8, 0.6];
    const a = -0.7;
    const kappa = a * normalCdf(a) + normalDensity(a);
    const unitModel = model('backprop', 'zero', [1, 0], { hasBias: true });
    expectDrift(measuredDrift(unitModel, w, a, 200_000), [...w.map((wi) => -normalCdf(a) * wi), -kappa]);
  });

  it('has the closed form for inputs with a mean', () => {
    const w = [0.5, -1.2];
    const mean = 0.8;
    const norm = Math.hypot(...w);
    const a = (mean * (w[0] + w[1])) / norm;
    const kappa = a * normalCdf(a) + normalDensity(a);
    const drift = w.map((wi) => -norm * kappa * mean - normalCdf(a) * wi);
    expectDrift(measuredDrift(model('backprop', 'zero', [1, 0], { inputMean: mean }), w, 0, 200_000), drift);
  });
});

describe('SingleUnit', () => {
  it('makes the update of its rule', () => {
    const unit = new SingleUnit(model('backprop', 'relu', [2, -1], { hasBias: true }), silent, new Random(3));
    unit.weights.set([0.5, 0.25]);
    unit.bias = 5;
    unit.train(1);
    const draws = new Random(3);
    const x = [draws.normal(), draws.normal()];
    const y = 0.5 * x[0] + 0.25 * x[1] + 5;
    const target = Math.max(2 * x[0] - x[1], 0);
    const step = 0.05 * (target + 0.3 * draws.normal() - y);
    expect(unit.bias).toBeCloseTo(5 + step, 14);
    expect(unit.weights[0]).toBeCloseTo(0.5 + step * x[0], 14);
    expect(unit.weights[1]).toBeCloseTo(0.25 + step * x[1], 14);
    expect(unit.takeSquaredError()).toBeCloseTo((target - y) ** 2, 12);
  });

  it('leaves an inactive unit alone under backprop, and its squared error is that of silence', () => {
    const unit = new SingleUnit(model('backprop', 'linear', [3], { hasBias: true }), silent, new Random(4));
    unit.bias = -100;
    unit.train(20_000);
    expect([...unit.weights, unit.bias]).toEqual([0, -100]);
    // E[t²] = 9; the standard error of a mean of 20,000 values 9 z² is 9 √(2/20,000) = 0.09.
    expect(Math.abs(unit.takeSquaredError() - 9)).toBeLessThan(4.5 * 0.09);
  });

  it('gives the same bits however its updates are divided', () => {
    const unitModel = model('leaky', 'relu', [1, -1], { hasBias: true, inputMean: 0.2 });
    const initialize: Initialization = (weights, random) => {
      weights.forEach((_, i) => (weights[i] = random.normal()));
      return 0.5;
    };
    const trained = (seed: number, parts: readonly number[]) => {
      const unit = new SingleUnit(unitModel, initialize, new Random(seed));
      for (const part of parts) unit.train(part);
      return [...unit.weights, unit.bias, unit.takeSquaredError()];
    };
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(50), { minLength: 1 }), (seed, parts) => {
        const total = parts.reduce((sum, part) => sum + part, 0);
        expect(trained(seed, parts)).toEqual(trained(seed, [total]));
      }),
    );
  });
});
