import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption, SeriesOption } from 'echarts';
import { describe, expect, it } from 'vitest';
import { activationDensities } from '../queries/activation-densities.js';
import type { NormalTheory } from '../queries/normal-theory.js';
import type { PositionMap } from '../queries/position-maps.js';
import { readRun } from '../queries/run-record.js';
import type { UnitAgreement } from '../queries/unit-agreement.js';
import { unitSurvival } from '../queries/unit-survival.js';
import { plantedRun } from '../samples/planted-run.js';
import { site } from '../samples/sample-manifest.js';
import { activationDensityTiles } from './activation-density-tiles.js';
import { agreementChart } from './agreement-chart.js';
import type { EChartsDrawing } from './chart.js';
import { normalTheoryChart } from './normal-theory-chart.js';
import { positionMapTiles } from './position-map-tiles.js';
import { renderSvg } from './render-svg.js';
import { survivalChart } from './survival-chart.js';

const planted = await readRun(plantedRun());
const seriesOf = (drawing: EChartsDrawing) => drawing.option.series as readonly SeriesOption[];

describe('the distribution through training', () => {
  const tiles = activationDensityTiles(activationDensities(planted, 'probe-split', { bins: 4, columns: 9 }), 'N = 100');

  it('has every count in its table, and says what it is', () => {
    expect(tiles.table.rows[1]).toEqual(['first/relu', '1', '1', '0', '2', '0', '1']);
    expect(tiles.summary).toContain('not of activation values');
    expect(tiles.summary).toContain('2 of 6 units are in the strip');
    expect(tiles.tiles.map(({ label, ends }) => [label, ...ends!])).toEqual([
      ['first/relu', 'epoch 0', '2'],
      ['second/relu', 'epoch 0', '2'],
    ]);
  });

  it('draws a path for each shade, and the silent units apart from the ramp', () => {
    const svg = renderSvg(tiles.tiles[0]!.drawing as EChartsDrawing, '', 'x').text;
    // 3 units, the most, have the last shade, and 1 the first.
    expect(svg).toContain('fill="var(--r9)"');
    expect(svg).toContain('fill="var(--r0)"');
    expect(svg.match(/fill="var\(--vermillion\)"/g)).toHaveLength(1);
  });
});

describe('survival', () => {
  const chart = survivalChart(unitSurvival(planted)!)!;

  it('falls in steps at the looks, with the numbers at risk below', () => {
    const series = seriesOf(chart.draw(860));
    expect((series.at(-1) as LineSeriesOption).data).toEqual([[0, 1], [1, 1], [1, 0.75], [2, 0.75], [2, 0.75]]); // prettier-ignore
    const { axisLabel } = chart.draw(860).option.xAxis as { axisLabel: { formatter: (time: number) => string } };
    expect([0, 1, 2].map(axisLabel.formatter)).toEqual(['0\n4', '1\n4', '2\n3']);
  });

  it('is told with its interval and the layers with deaths', () => {
    expect(chart.summary).toContain('Of 4 units that fired at the first look, 1 were silent at one of the later looks');
    expect(chart.summary).toContain('a share of 0.750 had not died (95\u00a0% interval 0.128 to 0.961');
    expect(chart.summary).toContain('first/relu 1 of 4');
    expect(chart.table.rows.map((row) => row.slice(0, 5))).toEqual([
      ...['all units', 'first/relu'].flatMap((name) => [
        [name, '0', '4', '0', '1.000'],
        [name, '1', '4', '1', '0.750'],
        [name, '2', '3', '0', '0.750'],
      ]),
    ]);
  });

  it('is not drawn where nobody died', () => {
    const survival = unitSurvival(planted)!;
    expect(survivalChart({ ...survival, all: { ...survival.all, everDied: 0 } })).toBeUndefined();
  });
});

describe('agreement', () => {
  const pair = { units: 6, flaggedByA: 2, flaggedByB: 4, both: 2, either: 4 } as const;
  const found: UnitAgreement = {
    step: 20,
    epoch: 2,
    images: 100,
    units: 6,
    epsilon: 0.01,
    tau: 0.025,
    window: null,
    definitions: [
      { definition: 'never-fired', flagged: 2, units: 6 },
      { definition: 'dormant', flagged: 4, units: 6 },
      { definition: 'certified-dead', flagged: 0, units: 6 },
    ],
    pairs: [
      { a: 'never-fired', b: 'dormant', ...pair, jaccard: 0.5, containment: 'within' },
      { a: 'never-fired', b: 'certified-dead', ...pair, jaccard: 0, containment: null },
      { a: 'dormant', b: 'certified-dead', ...pair, jaccard: null, containment: null },
    ],
    layers: [],
  };

  it('is written into the cells, seen from the row, with the numbers of units on the diagonal', () => {
    const svg = renderSvg(agreementChart(found)!.draw(860), '', 'x').text;
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    const cells = texts.filter((text) => /^[\d–]/.test(text!));
    expect(cells).toEqual(['2', '0.50 ⊂', '0.00', '0.50 ⊃', '4', '–', '0.00', '–', '0']);
    expect(texts).toContain('certified dead');
  });

  it('is told in words and as a table', () => {
    const chart = agreementChart(found)!;
    expect(chart.summary).toContain('never fired 2, dormant 4, certified dead 0');
    expect(chart.table.rows[0]).toEqual(['never fired', 'dormant', '6', '2', '4', '2', '4', '0.5', 'within B']);
  });

  it('is not drawn where no definition flags a unit', () => {
    const definitions = found.definitions.map((count) => ({ ...count, flagged: 0 }));
    expect(agreementChart({ ...found, definitions })).toBeUndefined();
  });
});

describe('maps of positions', () => {
  const map: PositionMap = {
    site: site('conv', 1, 8, 'conv', false),
    unit: 5,
    epoch: 3,
    images: 100,
    values: [
      [0, 0.5],
      [0, 1],
    ],
    least: 0,
    greatest: 1,
    map: [2, 2],
    effectivePositions: 1.8,
  };

  it('have their own range, with the upper left of the image at the upper left', () => {
    const { tiles, table } = positionMapTiles([map]);
    expect(tiles[0]).toMatchObject({ label: 'conv', note: 'unit 5: 0.000 to 1.000' });
    expect(table.rows).toEqual([['conv', '5', '2 × 2', '0.000', '1.000', '1.8']]);
    const svg = renderSvg(tiles[0]!.drawing as EChartsDrawing, '', 'x').text;
    const darkest = /<path d="M([\d.]+) ([\d.]+)[^"]*"[^>]*fill="var\(--r9\)"/.exec(svg)!;
    expect(darkest.slice(1).map(Number).map(Math.round)).toEqual([66, 68]);
  });

  it('say where they are coarser than the record', () => {
    expect(positionMapTiles([map]).summary).not.toContain('means over squares');
    expect(positionMapTiles([{ ...map, map: [4, 4] }]).summary).toContain('means over squares');
    expect(positionMapTiles([{ ...map, least: 0.5, greatest: 0.5 }]).tiles[0]!.note).toBe('unit 5: 0.500 everywhere');
  });
});

it('normal and counted probabilities are a dot a unit, in the marker of its kind', () => {
  const layer = { meanDeviation: 0.1, largestDeviation: 0.2 };
  const theory: NormalTheory = {
    from: 'batch normalisation',
    step: 1,
    epoch: 1,
    images: 10,
    layers: [
      { site: site('plain', 1, 2, 'conv', false), theory: [0.5, 0.1], counted: [0.4, NaN], ...layer },
      { site: site('added', 2, 1, 'conv', true), theory: [0.9], counted: [0.7], ...layer, largestDeviation: 0.3 },
    ],
  };
  const chart = normalTheoryChart(theory);
  const [, ...dots] = seriesOf(chart.draw(500)) as readonly ScatterSeriesOption[];
  expect(dots.map(({ symbol, data }) => [symbol, data])).toEqual([
    ['circle', [[0.5, 0.4]]],
    ['diamond', [[0.9, 0.7]]],
  ]);
  expect(chart.summary).toContain('The largest deviation is 0.300, at added.');
  expect(chart.table.rows).toHaveLength(3);
  expect((seriesOf(chart.draw(500))[0] as CustomSeriesOption).type).toBe('line');
});
