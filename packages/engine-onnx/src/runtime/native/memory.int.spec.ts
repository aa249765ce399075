import { expect, it } from 'vitest';
import { GraphBuilder } from '../../onnx/graph-builder.js';
import { libraryPath } from './library-path.js';
import { nativeRuntime } from './native-runtime.js';

const runtime = nativeRuntime(libraryPath());

/** Steps of a graph as a session takes them: a state that changes places with the next one, and a batch that is new. */
async function takeSteps(steps: number, batch = 20_000): Promise<void> {
  const builder = new GraphBuilder();
  const activation = builder.op('Exp', [builder.input('x', [batch])]);
  const next = builder.op('Add', [builder.input('state', [1000]), builder.op('ReduceMax', [activation])]);
  builder.output('next', next, [1000]);
  builder.output('loss', builder.op('Neg', [next]), [1000]);
  const graph = await runtime.load(builder.build(), { threads: 1, spinning: 0 });
  let [state, spare] = [0, 1].map(() => runtime.tensor(new Float32Array(1000), [1000]));
  for (let step = 0; step < steps; step++) {
    const x = runtime.tensor(new Float32Array(batch), [batch]);
    await graph.run({ state, x }, { next: spare, loss: null });
    x.dispose();
    [state, spare] = [spare, state];
  }
  state.dispose();
  spare.dispose();
  await graph.release();
}

async function makeTensors(count: number): Promise<void> {
  const data = new Float32Array(1);
  for (let i = 0; i < count; i++) runtime.tensor(data, [1]).dispose();
}

async function loadGraphs(count: number): Promise<void> {
  for (let graph = 0; graph < count; graph++) await takeSteps(1, 2_000_000);
}

it.each([
  ['steps', takeSteps, 500, 3000],
  ['graphs', loadGraphs, 5, 40],
  ['tensors', makeTensors, 50_000, 1_000_000],
] as const)('holds no more memory after many %s', async (_, use, few, many) => {
  await use(few);
  const before = process.memoryUsage.rss();
  await use(many);
  // Megabytes. Memory comes and goes by 40; each of these that was kept would hold 170 or more.
  expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(120);
});
