import type { GraphNode, NetworkGraph } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolingOfAll } from './pooled-maps.js';

const side = fc.integer({ min: 1, max: 9 });
const few = fc.integer({ min: 0, max: 2 });

describe('poolingOfAll', () => {
  it('finds exactly the poolings whose windows leave no element out', () => {
    fc.assert(
      fc.property(side, side, side, few, few, (extent, size, stride, before, after) => {
        fc.pre(extent + before + after >= size && before < size && after < size);
        const covered = new Set<number>();
        for (let first = -before; first + size <= extent + after; first += stride) {
          for (let at = first; at < first + size; at++) covered.add(at);
        }
        const all = Array.from({ length: extent }, (_, at) => at).every((at) => covered.has(at));
        const found = poolingOfAll(
          graph(
            {
              op: 'maxPool',
              size: [size, 1],
              strides: [stride, 1],
              padding: { top: before, bottom: after, left: 0, right: 0 },
            },
            extent,
          ),
          'relu',
        );
        // Padding of its own may make up for a remainder: then it is enough that nothing is said that is not so.
        if (found !== undefined) expect(all).toBe(true);
        if (before + after === 0 && all && stride <= size) expect(found?.name).toBe('pool');
      }),
    );
  });

  it('looks at no other operation and no other input', () => {
    expect(poolingOfAll(graph({ op: 'relu' }, 4), 'relu')).toBeUndefined();
    const pooling = {
      op: 'maxPool',
      size: [2, 1],
      strides: [2, 1],
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
    } as const;
    expect(poolingOfAll(graph(pooling, 4), 'pool')).toBeUndefined();
  });
});

/** A ReLU's map of `extent` rows, and an operation on it. */
function graph(operation: GraphNode['operation'], extent: number): NetworkGraph {
  const node = (name: string, inputs: readonly string[], does: GraphNode['operation']) =>
    ({ name, inputs, operation: does, shape: [extent, 1, 1] }) as unknown as GraphNode;
  return {
    nodes: [node('relu', ['input'], { op: 'relu' }), node('pool', ['relu'], operation)],
  } as unknown as NetworkGraph;
}
