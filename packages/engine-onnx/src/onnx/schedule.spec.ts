import { describe, expect, it } from 'vitest';
import type { BuiltNode, Value } from './graph-builder.js';
import { scheduleResults } from './schedule.js';

/** A node named after its one output. */
const node = (output: string, ...inputs: string[]): BuiltNode => ({
  operator: 'Op',
  domain: '',
  inputs: inputs as Value[],
  outputs: [output as Value],
  attributes: {},
});
const order = (...nodes: BuiltNode[]) => scheduleResults(nodes).map(({ outputs: [name] }) => name as string);

describe('scheduleResults', () => {
  it('puts results last, those that hang on the earliest shared nodes behind the others', () => {
    const forward = [
      node('map', 'x'),
      node('deeper', 'map'),
      node('gradient', 'deeper'),
      node('back', 'gradient', 'map'),
    ];
    const ways = [node('sum', 'map'), node('scaled', 'sum')];
    const results = [node('update', 'back'), node('loss', 'deeper'), node('other', 'back')];
    expect(order(...forward, ...ways, ...results)).toEqual([
      ...['map', 'deeper', 'gradient', 'back', 'sum'],
      ...['update', 'other', 'loss', 'scaled'],
    ]);
  });

  it('counts a mask where the backward pass makes it, not where the map is', () => {
    const nodes = [
      node('map', 'x'),
      node('mask', 'map'),
      node('deeper', 'map'),
      node('gradient', 'deeper'),
      node('masked', 'gradient', 'mask'),
      node('count', 'mask'),
      node('sum', 'map'),
      node('weights', 'masked', 'map'),
      node('bias', 'masked'),
    ];
    // The last of the file comes first: the sum with the map, the count with what masks by it, then the updates.
    expect(
      order(...nodes)
        .slice(-4)
        .reverse(),
    ).toEqual(['sum', 'count', 'bias', 'weights']);
  });

  it('keeps all nodes, and their order where none is a result', () => {
    const nodes = [node('a', 'x'), node('b', 'a'), node('c', 'b', 'a')];
    expect(order(...nodes)).toEqual(['a', 'b', 'c']);
  });
});
