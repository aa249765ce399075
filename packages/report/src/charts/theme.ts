import type { EChartsOption, LineSeriesOption } from 'echarts';

/**
 * Colours are custom properties of the page, so that one drawing serves light and dark. Hues are those of Okabe & Ito
 * (2008), which people with any common colour vision tell apart; nothing is told by colour alone.
 */
export const COLOUR = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  grid: 'var(--grid)',
  paper: 'var(--paper)',
  blue: 'var(--blue)',
  vermillion: 'var(--vermillion)',
  green: 'var(--green)',
  purple: 'var(--purple)',
  orange: 'var(--orange)',
  sky: 'var(--sky)',
} as const;

/** For groups and runs, in this order; with `DASHES` for those that see no colour. */
export const GROUP_COLOURS = [
  COLOUR.blue,
  COLOUR.vermillion,
  COLOUR.green,
  COLOUR.purple,
  COLOUR.orange,
  COLOUR.sky,
  COLOUR.ink,
];
export const DASHES = ['solid', 'dashed', 'dotted', [9, 3, 2, 3], [14, 4], [9, 3, 2, 3, 2, 3], [2, 7]] as const;
/** How a legend draws the dash of the same index. */
export const DASH_MARKS = ['line', 'dashed', 'dotted', 'dash-dot', 'long-dash', 'dash-dot-dot', 'far-dots'] as const;

/** Steps of the sequential ramp `--r0` … `--r9`. */
export const RAMP_STEPS = 10;

/** Colour `position` ∈ [0, 1] of the way along the ramp. */
export function rampColour(position: number): string {
  return `var(--r${Math.min(RAMP_STEPS - 1, Math.max(0, Math.floor(position * RAMP_STEPS)))})`;
}

/** Of a layer's line, from the input to the output. The palest shades are left to heat maps: as thin lines they would not be seen. */
export function depthColour(index: number, layers: number): string {
  return rampColour(0.3 + (0.69 * index) / Math.max(1, layers - 1));
}

const AXIS_TEXT = { color: COLOUR.muted, fontSize: 12 };

/** What all charts share: no animation, margins that leave room for the axes' names. */
export function frame(margins: { readonly left?: number; readonly right?: number; readonly bottom?: number } = {}) {
  return {
    animation: false,
    backgroundColor: 'transparent',
    grid: { left: 66, right: 14, top: 14, bottom: 46, ...margins, outerBoundsMode: 'none' },
  } satisfies EChartsOption;
}

const AXIS_STYLE = {
  nameLocation: 'middle',
  nameTextStyle: AXIS_TEXT,
  axisLabel: { ...AXIS_TEXT, hideOverlap: true },
  axisLine: { show: true, onZero: false, lineStyle: { color: COLOUR.muted, width: 1 } },
  axisTick: { show: true, lineStyle: { color: COLOUR.muted } },
} as const;

/** The horizontal axis. */
export function xAxisStyle(name: string) {
  return { ...AXIS_STYLE, name, nameGap: 28, splitLine: { show: false } } as const;
}

/** The horizontal axis from one epoch to another, marked at whole epochs where there is more than one. */
export function epochAxis(from: number, to: number) {
  return {
    type: 'value' as const,
    ...(to > from ? { min: from, max: to } : {}),
    ...(to - from >= 2 ? { minInterval: 1 } : {}),
    ...xAxisStyle('epochs completed'),
  };
}

/** The vertical axis, with quiet lines across. */
export function yAxisStyle(name: string) {
  return {
    ...AXIS_STYLE,
    name,
    nameGap: 46,
    splitLine: { show: true, lineStyle: { color: COLOUR.grid, width: 1 } },
  } as const;
}

/** A line that nobody hovers over. */
export function lineSeries(
  data: readonly (readonly [number, number])[],
  colour: string,
  {
    type,
    ...style
  }: { readonly type?: (typeof DASHES)[number]; readonly width?: number; readonly opacity?: number } = {},
  symbol: { readonly shape: string; readonly size: number } | undefined = undefined,
): LineSeriesOption {
  return {
    type: 'line',
    data: data.map(([x, y]) => [x, y]),
    color: colour,
    lineStyle: {
      color: colour,
      width: 2,
      ...(type && { type: typeof type === 'string' ? type : [...type] }),
      ...style,
    },
    itemStyle: { color: colour, borderWidth: 0 },
    showSymbol: symbol !== undefined,
    symbol: symbol?.shape ?? 'none',
    symbolSize: symbol?.size ?? 0,
    silent: true,
    emphasis: { disabled: true },
  };
}

/** Whether values are all positive and span so many decades that only a logarithmic axis shows them. */
export function spansDecades(values: readonly number[], decades: number): boolean {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return values.length > 1 && low > 0 && high / low >= 10 ** decades;
}
