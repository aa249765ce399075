import { formatCount } from '../html/format.js';
import { shortName } from '../html/label.js';
import type { Site } from '../queries/sites.js';
import { COLOUR, xAxisStyle } from './theme.js';

/** A horizontal axis with one place for each site, counted from 1. */
export interface SiteAxis {
  /** Pixels between two sites. */
  readonly room: number;
  /** Pixels that the names need below the axis; 0 where sites are numbered. */
  readonly below: number;
  readonly option: object;
}

/** Sites by name where there is room to read them, otherwise by depth, with as many labels left out as would collide. */
export function siteAxis(sites: readonly Site[], width: number): SiteAxis {
  const room = (width - 72) / sites.length;
  const named = room >= 30 && width > 500;
  const names = sites.map((site) => shortName(site.name, 24));
  const below = named ? Math.max(...names.map((name) => name.length)) * 4.2 : 0;
  const every = Math.ceil(26 / room);
  const places = sites.map((_, index) => index + 1);
  return {
    room,
    below,
    option: {
      type: 'value' as const,
      min: 0.5,
      max: sites.length + 0.5,
      ...xAxisStyle('ReLU sites from input to output'),
      nameGap: named ? 24 + below : 28,
      axisTick: { customValues: places, lineStyle: { color: COLOUR.muted } },
      axisLabel: {
        customValues: places.filter((_, index) => named || index % every === 0),
        color: COLOUR.muted,
        fontSize: 12,
        rotate: named ? 40 : 0,
        formatter: (place: number) => (named ? (names[place - 1] ?? '') : formatCount(sites[place - 1]?.depth)),
      },
    },
  };
}
