import { nameOfDefinition, type Agreement } from '@reluctant/core';
import type { CustomSeriesOption } from 'echarts';
import { ABSENT, formatCount, formatEpoch, formatNumber, plural } from '../html/format.js';
import type { UnitAgreement } from '../queries/unit-agreement.js';
import type { Chart } from './chart.js';
import { COLOUR, rampColour, RAMP_STEPS } from './theme.js';

type Pair = Agreement['pairs'][number];

const SIGNS = { within: '⊂', contains: '⊃', equal: '=' } as const;

/**
 * Every two definitions' agreement, |A∩B| / |A∪B|, as a matrix; on its diagonal how many units each flags. Undefined where none flags a
 * unit: then there is nothing to agree on.
 */
export function agreementChart(found: UnitAgreement): Chart | undefined {
  const { definitions, pairs, units, images, epoch } = found;
  if (definitions.every(({ flagged }) => flagged === 0)) return undefined;
  const names = definitions.map(({ definition }) => nameOfDefinition(definition));
  const told = definitions.map(({ definition, flagged }) => `${nameOfDefinition(definition)} ${formatCount(flagged)}`);
  return {
    title: 'Agreement of the definitions',
    summary:
      `Of ${plural(units, 'unit')} at epoch ${formatEpoch(epoch)}, on ${plural(images, 'image')} of the probe split: ${told.join(', ')}. ` +
      `A cell is |A∩B| / |A∪B| (Jaccard) of the units that row and column flag; ⊂, ⊃ and = say that the row’s units lie within the ` +
      `column’s, contain them, or are the same. The diagonal holds the numbers of units.`,
    legend: [
      { label: 'agreement from 0 to 1 in tenths', colour: 'ramp', mark: 'ramp' },
      { label: 'neither flags a unit', colour: COLOUR.grid, mark: 'band' },
    ],
    table: {
      columns: [
        { label: 'A', as: 'text' },
        { label: 'B', as: 'text' },
        { label: 'units', as: 'number' },
        { label: 'A', as: 'number' },
        { label: 'B', as: 'number' },
        { label: 'both', as: 'number' },
        { label: 'either', as: 'number' },
        { label: 'agreement', as: 'number' },
        { label: 'A lies', as: 'text' },
      ],
      rows: pairs.map((pair) => [
        nameOfDefinition(pair.a),
        nameOfDefinition(pair.b),
        ...[pair.units, pair.flaggedByA, pair.flaggedByB, pair.both, pair.either].map(formatCount),
        formatNumber(pair.jaccard),
        pair.containment === null
          ? ABSENT
          : { within: 'within B', contains: 'around B', equal: 'on B' }[pair.containment],
      ]),
    },
    draw: (width) => {
      const wide = width > 500;
      const left = wide ? 116 : 100;
      const top = wide ? 78 : 74;
      const cell = { width: Math.min(64, (width - left - 4) / names.length), height: wide ? 40 : 36 };
      const grid = { left, top, width: cell.width * names.length, height: cell.height * names.length };
      return {
        width,
        height: top + grid.height + 10,
        option: {
          animation: false,
          backgroundColor: 'transparent',
          grid: { ...grid, outerBoundsMode: 'none' },
          xAxis: { ...axis(names), position: 'top', axisLabel: { ...axis(names).axisLabel, rotate: 40 } },
          yAxis: { ...axis(names), inverse: true },
          series: [matrix(found, wide ? { fontSize: 13, separator: ' ' } : { fontSize: 11, separator: '\n' })],
        },
      };
    },
  };
}

function axis(names: readonly string[]) {
  return {
    type: 'category' as const,
    data: [...names],
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { color: COLOUR.muted, fontSize: 12, interval: 0 },
  };
}

interface Cell {
  readonly text: string;
  readonly fill: string;
  readonly ink: string;
  readonly stroke: string;
}

interface CellText {
  readonly fontSize: number;
  /** Between the number and the sign. */
  readonly separator: string;
}

function matrix({ definitions, pairs }: UnitAgreement, { fontSize, separator }: CellText): CustomSeriesOption {
  const cells = definitions.flatMap(({ definition: a }, row) =>
    definitions.map(({ definition: b, flagged }, column) => {
      const pair = pairs.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a));
      const cell = pair ? pairCell(pair, pair.a === a, separator) : diagonal(flagged);
      return { column, row, ...cell };
    }),
  );
  return {
    type: 'custom',
    silent: true,
    data: cells.map(({ column, row }) => [column, row]),
    renderItem: ({ dataIndex }, api) => {
      const { column, row, text, fill, ink, stroke } = cells[dataIndex]!;
      const [x, y] = api.coord([column, row]) as [number, number];
      const [width, height] = api.size!([1, 1]) as [number, number];
      return {
        type: 'group',
        children: [
          {
            type: 'rect',
            shape: { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2 },
            style: { fill, stroke, lineWidth: 1 },
          },
          {
            type: 'text',
            style: {
              text,
              x,
              y,
              fill: ink,
              fontSize,
              lineHeight: 1.35 * fontSize,
              align: 'center',
              verticalAlign: 'middle',
            },
          },
        ],
      };
    },
  };
}

function diagonal(flagged: number): Cell {
  return { text: formatCount(flagged), fill: 'none', ink: COLOUR.ink, stroke: COLOUR.ink };
}

/** The text is light on the ramp's dark half and the other way round, in either colour scheme. */
function pairCell({ jaccard, containment }: Pair, inOrder: boolean, separator: string): Cell {
  if (jaccard === null) return { text: ABSENT, fill: COLOUR.grid, ink: COLOUR.ink, stroke: 'none' };
  const turned = { within: 'contains', contains: 'within', equal: 'equal' } as const;
  const lies = containment === null || inOrder ? containment : turned[containment];
  return {
    text: `${jaccard.toFixed(2)}${lies === null ? '' : `${separator}${SIGNS[lies]}`}`,
    fill: rampColour(jaccard),
    ink: Math.min(RAMP_STEPS - 1, Math.floor(jaccard * RAMP_STEPS)) < 5 ? COLOUR.ink : COLOUR.paper,
    stroke: 'none',
  };
}
