import { activationByDepth } from './activation-by-depth.js';
import { deadOverEpochs } from './dead-over-epochs.js';
import type { RunGroup } from './run-groups.js';
import type { Site } from './sites.js';

/** What the runs of a group have in common at one place: their mean, and the least and greatest of them. */
export interface GroupPoint {
  readonly mean: number;
  readonly least: number;
  readonly greatest: number;
  readonly runs: number;
}

/** Layer means of Pr[y>0] of the runs of a group, on the probe split. */
export interface GroupByDepth {
  readonly label: string;
  readonly runs: number;
  readonly images: number;
  readonly layers: readonly (GroupPoint & { readonly site: Site })[];
}

/** Share of the units that never fired, over training. */
export interface GroupDeadShare {
  readonly label: string;
  readonly runs: number;
  readonly images: number;
  readonly units: number;
  readonly points: readonly (GroupPoint & { readonly epoch: number })[];
}

/** At each run's last measurement; groups of which no run was measured are left out. */
export function groupsByDepth(groups: readonly RunGroup[]): readonly GroupByDepth[] {
  return groups.flatMap(({ label, runs }) => {
    const measured = runs.flatMap(({ record }) => activationByDepth(record, 'probe-split') ?? []);
    if (measured.length === 0) return [];
    const layers = measured[0]!.layers.flatMap(({ site }) => {
      const means = measured.flatMap((activation) => {
        return activation.layers.find((layer) => layer.site.name === site.name)?.mean ?? [];
      });
      return means.length > 0 ? [{ site, ...pointOf(means) }] : [];
    });
    return [{ label, runs: measured.length, images: measured[0]!.images, layers }];
  });
}

/** At the epochs at which every measured run of the group was measured. */
export function groupDeadShares(groups: readonly RunGroup[]): readonly GroupDeadShare[] {
  return groups.flatMap(({ label, runs }) => {
    const measured = runs.map(({ record }) => deadOverEpochs(record)).filter(({ length }) => length > 0);
    if (measured.length === 0) return [];
    const points = measured[0]!.flatMap(({ epoch }) => {
      const counts = measured.flatMap((all) => all.find((count) => count.epoch === epoch) ?? []);
      if (counts.length < measured.length) return [];
      return [{ epoch, ...pointOf(counts.map(({ neverFired, units }) => neverFired / units)) }];
    });
    const { images, units } = measured[0]!.at(-1)!;
    return points.length > 0 ? [{ label, runs: measured.length, images, units, points }] : [];
  });
}

function pointOf(values: readonly number[]): GroupPoint {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, least: Math.min(...values), greatest: Math.max(...values), runs: values.length };
}
