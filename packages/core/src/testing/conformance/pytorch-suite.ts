import { describe, expect, it } from 'vitest';
import type { NamedArrays } from '../../engine/named-arrays.js';
import type { Statistic } from '../../probe/statistic.js';
import type { TapValue } from '../../probe/tap.js';
import { drawBatch, drawParameters } from '../fixtures/fixture-inputs.js';
import type { FixtureTaps, PytorchFixture } from '../fixtures/pytorch-fixture.js';
import { pytorchFixtures } from '../fixtures/pytorch-fixtures.js';
import { fixtureModel } from '../networks/fixture-models.js';
import { allTaps, type EngineBench } from './engine-bench.js';
import { expectClose } from './expect-close.js';

/** float32 against float64, one step; ten steps compound it. */
const ONE_STEP = 2e-5;
const TEN_STEPS = 2e-4;

/** Loss, gradients (as optimizer slots), parameters and counters after one and after ten steps, as PyTorch has them. */
export function pytorchSuite(bench: EngineBench): void {
  describe('computes what PyTorch computes', () => {
    for (const fixture of pytorchFixtures()) it(fixture.name, () => compare(bench, fixture));
  });
}

async function compare(bench: EngineBench, fixture: PytorchFixture): Promise<void> {
  const { seed, optimizer, labelSmoothing, learningRate } = fixture;
  const network = bench.network(fixtureModel(fixture.name), (read) => drawParameters(read, fixture));
  const session = await bench.open(network, {
    optimizer,
    loss: { kind: 'softmax-cross-entropy', labelSmoothing },
    taps: allTaps(network),
    seed,
  });
  for (const [step, expected] of fixture.steps.entries()) {
    const tolerance = step === 0 ? ONE_STEP : TEN_STEPS;
    const result = await session.trainStep(drawBatch(fixture, step, fixture.batchSizes[step]), { learningRate, step });
    expectClose([result.loss], [expected.loss], tolerance, `loss of step ${step}`);
    expect(result.correct, `correct of step ${step}`).toBe(expected.correct);
    if (expected.taps) expectTaps(result.taps, expected.taps, tolerance, `step ${step}`);
    if (expected.state)
      expectState(await session.readState(), expected.state, fixture.stateStride, tolerance, `step ${step}`);
  }
  const result = await session.evaluate(drawBatch(fixture, fixture.steps.length, 5));
  expectClose([result.loss], [fixture.evaluation.loss], TEN_STEPS, 'loss of the evaluation');
  expect(result.correct, 'correct of the evaluation').toBe(fixture.evaluation.correct);
  expectTaps(result.taps, fixture.evaluation.taps, TEN_STEPS, 'the evaluation');
}

function expectState(
  actual: NamedArrays,
  expected: Readonly<Record<string, readonly number[]>>,
  stride: number,
  tolerance: number,
  when: string,
): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, values] of Object.entries(expected)) {
    const recorded = actual[name].data.filter((_, index) => index % stride === 0);
    expectClose(recorded, values, tolerance, `${name} after ${when}`);
  }
}

const COUNTS: readonly Statistic[] = ['fired', 'imagesFired', 'positionFired'];

function expectTaps(actual: readonly TapValue[], expected: FixtureTaps, tolerance: number, when: string): void {
  const points = Object.entries(expected).flatMap(([site, at]) => Object.keys(at).map((point) => `${site} ${point}`));
  expect(actual.map(({ site, at }) => `${site} ${at}`).sort()).toEqual(points.sort());
  for (const { site, at, values } of actual) {
    const wanted = expected[site][at]!;
    expect(Object.keys(values).sort()).toEqual(Object.keys(wanted).sort());
    for (const [statistic, numbers] of Object.entries(wanted) as [Statistic, readonly number[]][]) {
      const what = `${statistic} of ${at} at ${site} in ${when}`;
      if (COUNTS.includes(statistic)) expect(Array.from(values[statistic]!), what).toEqual(numbers);
      else expectClose(values[statistic]!, numbers, tolerance, what, scaleOf(statistic, wanted));
    }
  }
}

/** A sum is compared on the scale of its absolute terms. */
function scaleOf(statistic: Statistic, wanted: Readonly<Record<Statistic, readonly number[]>>): number {
  return Math.max(...wanted[statistic === 'sum' ? 'sumAbs' : statistic].map(Math.abs));
}
