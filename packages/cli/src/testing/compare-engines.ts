import {
  isGradient,
  Random,
  type NamedArrays,
  type Session,
  type Statistic,
  type StepResult,
  type TapValue,
} from '@reluctant/core';
import {
  allTaps,
  decisionMargin,
  drawBatch,
  expectClose,
  randomNetwork,
  randomPlan,
  referenceLoss,
  referenceNetwork,
} from '@reluctant/core/testing';
import { onnxEngine } from '@reluctant/engine-onnx';
import { cpuEngine } from '@reluctant/engine-tensorflow';
import { expect } from 'vitest';

const STEPS = 4;
/** float32 twice, in different orders of summation, on networks of a dozen layers. */
const TOLERANCE = 5e-4;
/** Nearer than this to a kink, or to a tie of a pool or of logits, rounding may decide otherwise in each engine. */
const MARGIN = 1e-4;
/** Mean magnitude below which a unit's gradients are rounding errors. */
const NOISE = 1e-6;
/** An array whose numbers cancel is as exact as the largest of its kind (weights, or one slot) times this. */
const FLOOR = 0.02;

const onnxOptions = onnxEngine.options.parse({ threads: 1 });

/**
 * Trains one random network for a few steps on both engines, with evaluations between them, and expects equal losses, counters,
 * parameters and optimizer slots after every step. Everything follows from the two numbers.
 *
 * @returns how many passes were compared; a training step too near to a kink ends the comparison, since then rounding decides
 */
export async function compareEngines({ seed, parts }: { seed: number; parts: number }): Promise<number> {
  const random = new Random(seed, 'engines agree');
  const network = randomNetwork(random, parts);
  const { graph } = network;
  const plan = { ...randomPlan(random), taps: allTaps(network) };
  const inputShape = graph.nodes.find(({ name }) => name === graph.input)!.shape;
  const classes = graph.nodes.find(({ name }) => name === graph.output)!.shape[0];
  const draw = (index: number, size: number) => drawBatch({ seed, inputShape, classes }, index, size);
  const [onnx, cpu] = await Promise.all([
    onnxEngine.open(network, plan, onnxOptions),
    cpuEngine.open(network, plan, {}),
  ]);
  try {
    let compared = 0;
    for (let step = 0; step < STEPS; step++) {
      const state = await cpu.readState();
      const [probe, batch] = [draw(2 * step, 1 + random.integer(5)), draw(2 * step + 1, 1 + random.integer(5))];

      const evaluated = referenceNetwork(graph, state, probe, 'evaluation');
      if (decisionMargin(graph, evaluated, 'evaluation') > MARGIN) {
        const results = await both({ onnx, cpu }, (session) => session.evaluate(probe));
        expectSameResult(results, `evaluation before step ${step}`);
        const loss = referenceLoss(evaluated.get(graph.output)!, probe.y, plan.loss.labelSmoothing);
        expectClose([results.cpu.loss], [loss], TOLERANCE, 'loss by the reference');
        compared++;
      }

      const mode = { seed: plan.seed, step };
      if (decisionMargin(graph, referenceNetwork(graph, state, batch, mode), mode) < MARGIN) break;
      const learningRate = [0, 0.01, 0.05][random.integer(3)];
      expectSameResult(
        await both({ onnx, cpu }, (session) => session.trainStep(batch, { learningRate, step })),
        `step ${step}`,
      );
      const after = await both({ onnx, cpu }, (session) => session.readState());
      expectSameState(after, `step ${step}`);
      compared++;
      // Half of the time each goes on from its own state, half of the time from the same one.
      if (random.uniform() < 0.5) await onnx.writeState(after.cpu);
    }
    return compared;
  } finally {
    await onnx.close();
    await cpu.close();
    network.model.dispose();
  }
}

interface Both<T> {
  readonly onnx: T;
  readonly cpu: T;
}

async function both<T>({ onnx, cpu }: Both<Session>, run: (session: Session) => Promise<T>): Promise<Both<T>> {
  return { onnx: await run(onnx), cpu: await run(cpu) };
}

function expectSameResult({ onnx, cpu }: Both<StepResult>, when: string): void {
  expectClose([onnx.loss], [cpu.loss], TOLERANCE, `loss of ${when}`);
  expect(onnx.correct, `correct of ${when}`).toBe(cpu.correct);
  expect(onnx.taps.map(pointOf)).toEqual(cpu.taps.map(pointOf));
  for (const [index, tap] of cpu.taps.entries()) expectSameTap(onnx.taps[index], tap, when);
}

const pointOf = ({ site, at, values }: TapValue) => [site, at, Object.keys(values).sort()];

function expectSameTap(onnx: TapValue, cpu: TapValue, when: string): void {
  for (const [statistic, values] of Object.entries(cpu.values) as [Statistic, Float64Array][]) {
    const what = `${statistic} of ${cpu.at} at ${cpu.site} in ${when}`;
    if (/fired/i.test(statistic)) {
      const counted = (counts: Float64Array) =>
        Array.from(counts).filter((_, i) => !(isNoise(cpu, i) || isNoise(onnx, i)));
      expect(counted(onnx.values[statistic]!), what).toEqual(counted(values));
    } else expectClose(onnx.values[statistic]!, values, TOLERANCE, what, scaleOf(statistic, cpu));
  }
}

/**
 * Whether a unit's gradients cancel to rounding errors, as those before a normalisation may: of such numbers it is chance which are
 * exactly 0. `index` counts units, position by position.
 */
function isNoise({ at, values }: TapValue, index: number): boolean {
  const sums = values.sumAbs!;
  const sum = sums[index % sums.length];
  return isGradient(at) && sum > 0 && sum < NOISE * Math.max(1, ...values.fired!);
}

/** A sum is as exact as its terms are large. */
function scaleOf(statistic: Statistic, { values }: TapValue): number {
  return Math.max(...values[statistic === 'sum' ? 'sumAbs' : statistic]!.map(Math.abs));
}

function expectSameState({ onnx, cpu }: Both<NamedArrays>, when: string): void {
  expect(Object.keys(onnx).sort()).toEqual(Object.keys(cpu).sort());
  for (const [name, { shape, data }] of Object.entries(cpu)) {
    expect(onnx[name].shape, name).toEqual(shape);
    const kind = Object.keys(cpu).filter((other) => kindOf(other) === kindOf(name));
    const scale = Math.max(largest(cpu[name]), FLOOR * Math.max(...kind.map((other) => largest(cpu[other]))));
    expectClose(onnx[name].data, data, TOLERANCE, `${name} after ${when}`, scale);
  }
}

/** `optimizer/velocity` of a slot's array; nothing of a parameter. */
const kindOf = (name: string) => /^optimizer\/[^/]+/.exec(name)?.[0];

const largest = ({ data }: NamedArrays[string]) => Math.max(...Array.from(data, Math.abs));
