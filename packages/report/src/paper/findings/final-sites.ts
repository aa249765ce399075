import { kendallTau } from '@reluctant/core';
import type { Arm, CoursePoint, StudySite, TrainedRun } from '../study-results.js';

/** A site at the end of training. */
export interface FinalSite {
  readonly site: StudySite;
  /** Mean of Pr[y>0]. */
  readonly activation: number;
  readonly neverFired: number;
}

/** Runs whose loss diverged have no end to speak of. */
export function completedRuns({ runs }: Arm): readonly TrainedRun[] {
  return runs.filter(({ status }) => status === 'completed');
}

/** All sites at the last measurement, in their order. */
export function finalSites({ sites, course }: TrainedRun): readonly FinalSite[] {
  const last = course.at(-1)!;
  return sites.map((site, index) => ({
    site,
    activation: last.activation[index]!,
    neverFired: last.neverFired[index]!,
  }));
}

export function withoutSkip(sites: readonly FinalSite[]): readonly FinalSite[] {
  return sites.filter(({ site }) => !site.skip);
}

export function behindSkip(sites: readonly FinalSite[]): readonly FinalSite[] {
  return sites.filter(({ site }) => site.skip);
}

/** Mean over sites, whatever their number of units: Pr[y>0] of a layer is the mean of its units. One at least. */
export function meanActivation(sites: readonly FinalSite[]): number {
  return sites.reduce((sum, { activation }) => sum + activation, 0) / sites.length;
}

export function shareBelowHalf(sites: readonly FinalSite[]): number {
  return sites.filter(({ activation }) => activation < 0.5).length / sites.length;
}

/** Share of all units that fired on no image. */
export function deadShare(sites: readonly { readonly site: StudySite; readonly neverFired: number }[]): number {
  const units = sites.reduce((sum, { site }) => sum + site.units, 0);
  return sites.reduce((sum, { neverFired }) => sum + neverFired, 0) / units;
}

/** Kendall's τ of depth and Pr[y>0]. */
export function tauOverDepth(sites: readonly FinalSite[]): number {
  return kendallTau(
    sites.map(({ site }) => site.depth),
    sites.map(({ activation }) => activation),
  );
}

/** Mean of a measurement over the sites without a skip connection. */
export function meanWithoutSkip({ sites }: TrainedRun, { activation }: CoursePoint): number {
  const values = activation.filter((_, index) => !sites[index]!.skip);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
