import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from './graph-builder.js';
import { onnxModelType } from './schema.js';

interface DecodedGraph {
  node: { op_type: string; input: string[]; output: string[] }[];
  initializer: { name: string }[];
}

function decode(model: Uint8Array): DecodedGraph {
  return (onnxModelType().toObject(onnxModelType().decode(model), { defaults: true }) as { graph: DecodedGraph }).graph;
}

async function run(builder: GraphBuilder, feeds: Record<string, ort.Tensor>): Promise<Record<string, number[]>> {
  const session = await ort.InferenceSession.create(builder.build());
  const results = await session.run(feeds);
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, Array.from(data as Float32Array)]),
  );
}

describe('GraphBuilder', () => {
  it('writes models that ONNX Runtime runs, with every kind of attribute and constant', async () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [2, 3]);
    const scaled = builder.op('LeakyRelu', [x], { alpha: { float: 0.5 } });
    const turned = builder.transpose(scaled, [1, 0]);
    const shifted = builder.add(turned, builder.tensor(Float32Array.of(10, 20), [2]));
    builder.output('turned', shifted, [3, 2]);
    builder.output('last', builder.slice(shifted, { axes: [0], starts: [-1], ends: [3] }), [1, 2]);
    builder.output('sums', builder.reduce('ReduceSum', x, [1]), [2]);
    const results = await run(builder, { x: new ort.Tensor('float32', [1, -2, 3, -4, 5, -6], [2, 3]) });
    expect(results).toEqual({ turned: [11, 18, 9, 25, 13, 17], last: [13, 17], sums: [2, -5] });
  });

  it('leaves out what reaches no output, and trailing outputs that nothing uses', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [1, 1, 2, 2]);
    const [pooled] = builder.multiOp('MaxPool', [x], 2, { kernel_shape: [2, 2] });
    builder.mul(pooled, builder.scalar(7));
    builder.output('y', pooled, [1, 1, 1, 1]);
    const { node, initializer } = decode(builder.build());
    expect(node.map(({ op_type, output }) => [op_type, output.length])).toEqual([['MaxPool', 1]]);
    expect(initializer).toEqual([]);
  });

  it('keeps equal scalars and integer lists once', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [2]);
    const sum = builder.add(builder.add(x, builder.scalar(0.5)), builder.scalar(0.5));
    builder.output('y', builder.reshape(builder.reshape(sum, [2, 1]), [2, 1]), [2, 1]);
    expect(decode(builder.build()).initializer).toHaveLength(2);
  });

  it('gives one value under several names, and an input as an output', async () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [1]);
    const doubled = builder.add(x, x);
    builder.output('a', doubled, [1]);
    builder.output('b', doubled, [1]);
    builder.output('c', x, [1]);
    expect(await run(builder, { x: new ort.Tensor('float32', [3], [1]) })).toEqual({ a: [6], b: [6], c: [3] });
  });

  it.each([
    ['positive', [0, 1, 0, 1, 0, 1, 0]],
    ['nonZero', [1, 1, 0, 1, 0, 1, 1]],
  ] as const)('%s tells subnormal numbers and NaN apart from zero', async (indicator, expected) => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [7]);
    builder.output('y', builder[indicator](x), [7]);
    const values = [-1, 1, 0, 1e-45, -0, Infinity, NaN];
    expect((await run(builder, { x: new ort.Tensor('float32', values, [7]) })).y).toEqual(expected);
  });
});
