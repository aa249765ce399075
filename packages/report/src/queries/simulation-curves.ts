import type { SimulationSeries } from '@reluctant/core';
import type { RunRecord } from './run-record.js';

/** The curves of one quantity, one per group. */
export interface SimulationCurves {
  readonly name: string;
  readonly axis: string;
  readonly curves: readonly SimulationSeries[];
}

/** The simulated curves by name, in the order of publication. */
export function simulationCurves(record: RunRecord): readonly SimulationCurves[] {
  const names = [...new Set(record.simulations.map((series) => series.name))];
  return names.map((name) => {
    const curves = record.simulations.filter((series) => series.name === name);
    return { name, axis: curves[0]!.axis.label, curves };
  });
}
