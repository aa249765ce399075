import { RAMP_STEPS } from './theme.js';
import { FAINT } from './heat-map-shades.js';

/** Pr[y>0] of units by site, unit and column: what is behind the heat maps. */
export interface HeatMapData {
  /** Epoch of the first and last measurement of each column. */
  readonly columns: readonly { readonly from: number; readonly to: number }[];
  readonly sites: readonly {
    readonly name: string;
    /** Units × columns; `null` where nothing was measured. */
    readonly values: readonly (readonly (number | null)[])[];
  }[];
}

/** As it is put into a page: values as bytes, units one after the other, in base64. */
export interface EmbeddedHeatMaps {
  readonly columns: readonly (readonly [from: number, to: number])[];
  readonly sites: readonly (readonly [name: string, codes: string])[];
}

/** Levels into which the faint values and each tenth above them are divided. */
const FAINT_LEVELS = 10;
const LEVELS = 24;
/** Codes that are no level: they keep what a reader must not see rounded. */
const NEVER = 0;
const ONE = 254;
const ABSENT = 255;

/** Loses at most half a level of each value: 0.0005 below 0.01, 0.0021 above. */
export function embedHeatMaps({ columns, sites }: HeatMapData): EmbeddedHeatMaps {
  return {
    columns: columns.map(({ from, to }) => [from, to]),
    sites: sites.map(({ name, values }) => [name, btoa(codesOf(values))]),
  };
}

export function readHeatMaps({ columns, sites }: EmbeddedHeatMaps): HeatMapData {
  return {
    columns: columns.map(([from, to]) => ({ from, to })),
    sites: sites.map(([name, codes]) => {
      const values = Array.from(atob(codes), (character) => decodeValue(character.charCodeAt(0)));
      const units = values.length / columns.length;
      return {
        name,
        values: Array.from({ length: units }, (_, unit) =>
          values.slice(unit * columns.length, (unit + 1) * columns.length),
        ),
      };
    }),
  };
}

function codesOf(values: HeatMapData['sites'][number]['values']): string {
  return values.map((row) => row.map((value) => String.fromCharCode(encodeValue(value))).join('')).join('');
}

/** A byte for a value of [0, 1]: 0, 1 and an absent one exactly, others in levels none of which reaches over a shade's edge. */
export function encodeValue(value: number | null): number {
  if (value === null) return ABSENT;
  if (value === 0) return NEVER;
  if (value >= 1) return ONE;
  if (value < FAINT) return 1 + Math.min(FAINT_LEVELS - 1, Math.floor((value / FAINT) * FAINT_LEVELS));
  const tenth = Math.min(RAMP_STEPS - 1, Math.floor(value * RAMP_STEPS));
  const within = Math.min(LEVELS - 1, Math.max(0, Math.floor((value * RAMP_STEPS - tenth) * LEVELS)));
  return 1 + FAINT_LEVELS + tenth * LEVELS + within;
}

/** The middle of the level. */
export function decodeValue(code: number): number | null {
  if (code === ABSENT) return null;
  if (code === NEVER) return 0;
  if (code === ONE) return 1;
  if (code <= FAINT_LEVELS) return ((code - 0.5) / FAINT_LEVELS) * FAINT;
  const level = code - 1 - FAINT_LEVELS;
  return Math.max(FAINT, (level + 0.5) / (LEVELS * RAMP_STEPS));
}
