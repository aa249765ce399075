import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../onnx/graph-builder.js';
import { libraryPath } from './library-path.js';
import { nativeRuntime } from './native-runtime.js';

const runtime = nativeRuntime(libraryPath());
const threading = { threads: 1, spinning: 0 };

/** y = a·b of two [2, 2] matrices, and −y. */
async function product() {
  const builder = new GraphBuilder();
  const y = builder.op('MatMul', [builder.input('a', [2, 2]), builder.input('b', [2, 2])]);
  builder.output('y', y, [2, 2]);
  builder.output('negated', builder.op('Neg', [y]), [2, 2]);
  return runtime.load(builder.build(), threading);
}

const matrix = (...values: number[]) => runtime.tensor(Float32Array.from(values), [2, 2]);

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe('the native runtime', () => {
  it('reads and writes in place, from run to run', async () => {
    const graph = await product();
    expect(graph.outputs).toEqual(['y', 'negated']);
    const a = Float32Array.of(1, 2, 3, 4);
    // A view into a larger buffer: nothing beside it may change.
    const buffer = new Float32Array(6).fill(9);
    const feeds = { a: runtime.tensor(a, [2, 2]), b: matrix(1, 0, 0, 1) };
    const into = { y: runtime.tensor(buffer.subarray(1, 5), [2, 2]) };
    expect(await graph.run(feeds, into)).toEqual({});
    expect([...buffer]).toEqual([9, 1, 2, 3, 4, 9]);
    a[0] = 5;
    await graph.run(feeds, into);
    expect([...buffer]).toEqual([9, 5, 2, 3, 4, 9]);
    await graph.release();
  });

  it('gives outputs that have no tensor in memory of its own, until the next run', async () => {
    const graph = await product();
    const identity = matrix(1, 0, 0, 1);
    const { negated } = await graph.run(
      { a: matrix(1, 2, 3, 4), b: identity },
      { negated: null, y: matrix(0, 0, 0, 0) },
    );
    expect({ ...negated }).toMatchObject({ dims: [2, 2], data: Float32Array.of(-1, -2, -3, -4) });
    const second = await graph.run({ a: matrix(5, 6, 7, 8), b: identity }, { negated: null });
    expect(Object.keys(second)).toEqual(['negated']);
    expect(second.negated.data).toEqual(Float32Array.of(-5, -6, -7, -8));
    expect(negated.data).toBe(second.negated.data);
    await graph.release();
  });

  it('keeps small arrays where they are while garbage is collected', async () => {
    const graph = await product();
    const feeds = { a: matrix(1, 2, 3, 4), b: matrix(1, 0, 0, 1) };
    const target = new Float32Array(4);
    const y = runtime.tensor(target, [2, 2]);
    for (let round = 0; round < 5; round++) {
      (feeds.a.data as Float32Array)[0] = round;
      collectGarbage();
      await graph.run(feeds, { y });
      expect([...target]).toEqual([round, 2, 3, 4]);
    }
    await graph.release();
  });

  it('takes and gives scalars and whole numbers', async () => {
    const builder = new GraphBuilder();
    builder.output('y', builder.op('Neg', [builder.input('x', [], 'int32')]), [], 'int32');
    const graph = await runtime.load(builder.build(), threading);
    const { y } = await graph.run({ x: runtime.tensor(Int32Array.of(7), []) }, { y: null });
    expect([y.dims, y.data]).toEqual([[], Int32Array.of(-7)]);
    await graph.release();
  });

  it('tells what ONNX Runtime refuses', async () => {
    const builder = new GraphBuilder();
    builder.output('y', builder.op('NoSuchOperator', [builder.scalar(1)]), []);
    await expect(runtime.load(builder.build(), threading)).rejects.toThrow('NoSuchOperator');
    const graph = await product();
    const row = runtime.tensor(new Float32Array(2), [1, 2]);
    const identity = matrix(1, 0, 0, 1);
    await expect(graph.run({ a: row, b: identity }, { y: null })).rejects.toThrow(/invalid dimensions for input: a/);
    const feeds = { a: identity, b: identity };
    await expect(graph.run(feeds, { y: row })).rejects.toThrow(/invalid dimensions for output: y/);
    const { y } = await graph.run(feeds, { y: null });
    expect(y.data).toEqual(Float32Array.of(1, 0, 0, 1));
    await graph.release();
  });

  it('refuses what would read or write memory that it should not', async () => {
    expect(() => runtime.tensor(new Float32Array(3), [2, 2])).toThrow('3 numbers');
    const graph = await product();
    const [a, b] = [matrix(1, 2, 3, 4), matrix(1, 0, 0, 1)];
    await expect(graph.run({ a }, { y: null })).rejects.toThrow('input "b" is missing');
    await expect(graph.run({ a, b }, { z: null })).rejects.toThrow('no output "z"');
    await expect(graph.run({ a, b }, { z: a })).rejects.toThrow('no output "z"');
    a.dispose();
    a.dispose();
    await expect(graph.run({ a, b }, { y: null })).rejects.toThrow('disposed');
    const started = graph.run({ a: b, b }, { y: null });
    await graph.release();
    await graph.release();
    await expect(started).rejects.toThrow('released');
  });

  it('says which library it lacks', () => {
    expect(() => libraryPath('sunos')).toThrow('sunos');
    expect(() => nativeRuntime(libraryPath('linux', 'mips'))).toThrow();
  });
});
