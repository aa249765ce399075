import type { SimulationSeries, TheorySeries } from '@reluctant/core';
import type { RunRecord } from './run-record.js';

/** The curves of one quantity: one simulated curve a group, and the computed ones beside them. */
export interface SimulationCurves {
  readonly name: string;
  readonly axis: string;
  readonly curves: readonly SimulationSeries[];
  readonly theories: readonly TheorySeries[];
}

/** The simulated and computed curves by name, in the order of publication. */
export function simulationCurves({ simulations, predictions }: RunRecord): readonly SimulationCurves[] {
  const names = [...new Set([...simulations, ...predictions].map((series) => series.name))];
  return names.map((name) => {
    const curves = simulations.filter((series) => series.name === name);
    const theories = predictions.filter((series) => series.name === name);
    return { name, axis: (curves[0] ?? theories[0]!).axis.label, curves, theories };
  });
}
