import { describe, expect, it } from 'vitest';
import type { EChartsDrawing } from './chart.js';
import { renderSvg } from './render-svg.js';
import { frame, lineSeries, xAxisStyle, yAxisStyle } from './theme.js';

const drawing = (name: string): EChartsDrawing => ({
  width: 300,
  height: 200,
  option: {
    ...frame(),
    xAxis: { type: 'value', ...xAxisStyle(name) },
    yAxis: { type: 'category', data: [name, 'b'], ...yAxisStyle(name) },
    series: [
      {
        ...lineSeries(
          [
            [0, 0],
            [1, 1],
          ],
          'var(--blue)',
        ),
        name,
      },
    ],
  },
});

describe('SVG', () => {
  it('has a text alternative, and neither style nor class nor id of the renderer', () => {
    const svg = renderSvg(drawing('x'), 'Says "it" <b>', 'one').text;
    expect(svg).toMatch(
      /^<svg role="img" aria-label="Says &#34;it&#34; &#60;b&#62;" width="300" height="200" viewBox="0 0 300 200">/,
    );
    expect(svg).not.toMatch(/ style=|<style| class=|ecmeta|xmlns|undefined|NaN/);
    for (const [, id] of svg.matchAll(/(?: id="|url\(#)([^")]*)/g)) expect(id).toMatch(/^one-/);
    expect(svg).toContain('stroke="var(--blue)"');
    expect(svg).toMatch(/<text[^>]* font-size="12px"/);
  });

  it('escapes hostile names', () => {
    const svg = renderSvg(drawing('</text><script>alert(1)</script><a href="x" style="y">'), '', 'one').text;
    expect(svg).not.toMatch(/<script|<a |style="/);
    expect(svg).toContain('&lt;script&gt;');
  });

  it('is the same at every rendering', () => {
    expect(renderSvg(drawing('x'), '', 'one').text).toBe(renderSvg(drawing('x'), '', 'one').text);
  });
});
