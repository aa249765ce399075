import { GraphBuilder } from '../onnx/graph-builder.js';
import type { Runtime } from './runtime.js';

/** Throws where the runtime gets a matrix product wrong, or leaves it elsewhere than it was told to. */
export async function selfCheck(runtime: Runtime): Promise<void> {
  const builder = new GraphBuilder();
  const product = builder.op('MatMul', [builder.input('a', [2, 2]), builder.input('b', [2, 2])]);
  builder.output('given', product, [2, 2]);
  builder.output('fresh', builder.op('Neg', [product]), [2, 2]);
  const target = new Float32Array(4);
  const a = runtime.tensor(Float32Array.of(1, 2, 3, 4), [2, 2]);
  const b = runtime.tensor(Float32Array.of(5, 6, 7, 8), [2, 2]);
  const given = runtime.tensor(target, [2, 2]);
  const graph = await runtime.load(builder.build(), { threads: 1, spinning: 0 });
  try {
    const { fresh } = await graph.run({ a, b }, { given, fresh: null });
    const found = [...target, ...(fresh.data as Float32Array)].join();
    if (found !== '19,22,43,50,-19,-22,-43,-50') throw new Error(`its answer to a known product is ${found}`);
  } finally {
    await graph.release();
    for (const tensor of [a, b, given]) tensor.dispose();
  }
}
