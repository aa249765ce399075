import { expect, it } from 'vitest';
import { compactDots } from './compact-dots.js';

const round = (value: number) => Math.round(value * 10) / 10;
const circle = (x: number, y: number, r = 1.6) =>
  `M${x} ${round(y + 0.1)}A${r} ${r} 0 1 1 ${x} ${y}A${r} ${r} 0 0 1 ${x} ${round(y + 0.1)}`;
const path = (d: string) => `<path d="${d}" fill="var(--blue)" fill-opacity="0.7"/>`;

it('circles of one size become round strokes around their centres', () => {
  expect(compactDots(`<g>${path(circle(98.4, 164.7) + circle(129.2, 0))}</g>`)).toBe(
    '<g><path d="M96.8 164.8h0M127.6 0.1h0" stroke="var(--blue)" stroke-opacity="0.7" stroke-width="3.2" stroke-linecap="round"/></g>',
  );
});

it('leaves everything else as it is', () => {
  const others = [
    path(circle(10, 10) + circle(20, 20, 2)),
    path(`${circle(10, 10)}L3 4`),
    path('M1 2L3 4Z'),
    `<path d="${circle(10, 10)}" fill="none" stroke="var(--ink)"/>`,
  ].join('');
  expect(compactDots(others)).toBe(others);
});
