import { expect, it } from 'vitest';
import { withColours } from './with-colours.js';

const resolve = (colour: string) => (colour === 'var(--ink)' ? '#123' : 'unknown');

it('resolves colours wherever they are, and in what is drawn later', () => {
  const data = [
    [1, 2],
    [3, 4],
  ];
  const options = {
    series: [
      { color: 'var(--ink)', data, name: 'ink' },
      {
        renderItem: (x: number) => ({ type: 'group', children: [{ style: { fill: 'var(--ink)', x, opacity: null } }] }),
      },
    ],
    axisLabel: { formatter: String },
  };
  const resolved = withColours(options, resolve);
  expect(resolved.series[0]).toEqual({ color: '#123', data, name: 'ink' });
  expect(resolved.series[0]!.data).toBe(data);
  expect(resolved.series[1]!.renderItem!(5)).toEqual({
    type: 'group',
    children: [{ style: { fill: '#123', x: 5, opacity: null } }],
  });
  expect(resolved.axisLabel.formatter).toBe(String);
  expect(options.series[0]!.color).toBe('var(--ink)');
});
