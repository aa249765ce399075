import { expectReluctantError } from '@reluctant/core/testing';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../onnx/graph-builder.js';
import type { CompiledGraph } from '../step/compiled-graph.js';
import { GraphCache } from './graph-cache.js';
import { stockRuntime } from './stock-runtime.js';

/** A graph that returns its constant. */
function constantGraph(value: number): CompiledGraph {
  const builder = new GraphBuilder();
  builder.output('y', builder.scalar(value), []);
  return { model: builder.build(), takes: [], updates: [], masks: [], taps: [] };
}

/** A cache over ONNX Runtime that tells how many graphs it holds and has compiled. */
function countedCache() {
  const counts = { compiled: 0, held: 0 };
  const cache = new GraphCache(async (model) => {
    const runner = await stockRuntime(ort).load(model, { threads: 1, spinning: 0 });
    counts.held++;
    return {
      ...runner,
      release: async () => {
        counts.held--;
        await runner.release();
      },
    };
  });
  const valueOf = async (key: number) => {
    const graph = await cache.get(`${key}`, () => {
      counts.compiled++;
      return constantGraph(key);
    });
    return ((await graph.run({}, {})).y.data as Float32Array)[0];
  };
  return { cache, counts, valueOf };
}

describe('GraphCache', () => {
  it('compiles a graph once, and holds the six used last', async () => {
    const { cache, counts, valueOf } = countedCache();
    for (const key of [1, 2, 3, 4, 5, 6, 1]) expect(await valueOf(key)).toBe(key);
    expect(counts).toEqual({ compiled: 6, held: 6 });
    expect(await valueOf(7)).toBe(7);
    expect(counts).toEqual({ compiled: 7, held: 6 });
    expect(await valueOf(1)).toBe(1);
    expect(counts.compiled).toBe(7);
    expect(await valueOf(2)).toBe(2);
    expect(counts.compiled).toBe(8);
    await cache.release();
    expect(counts.held).toBe(0);
  });

  it('tells what ONNX Runtime refuses', async () => {
    const builder = new GraphBuilder();
    builder.output('y', builder.op('NoSuchOperator', [builder.scalar(1)]), []);
    const cache = new GraphCache((model) => stockRuntime(ort).load(model, { threads: 1, spinning: 0 }));
    const graph = { ...constantGraph(1), model: builder.build() };
    const error = await expectReluctantError(
      cache.get('bad', () => graph),
      'INTERNAL',
    );
    expect(error.message).toContain('NoSuchOperator');
  });
});
