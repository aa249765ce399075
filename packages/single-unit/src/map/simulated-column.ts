import type { SimulationContext, SimulationSeries, TheorySeries } from '@reluctant/core';
import { shareSeries } from '../comparison/share-series.js';
import { unitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { simulate } from '../simulation/simulate.js';
import { diesBy } from '../theory/death/basin.js';
import { planarModel, planarWeights } from '../theory/evolution/planar-model.js';
import type { MapOptions } from './map-options.js';
import type { StartPlane } from './start-plane.js';

/** The share of trials that are dead at the horizon, along the middle column of the plane, beside the mean field's yes or no. */
export interface SimulatedColumn {
  readonly x: number;
  readonly series: SimulationSeries;
  readonly predicted: TheorySeries;
}

/** Most places of the column that are simulated. */
const MOST_PLACES = 17;

/** Undefined where no trials are asked for. */
export async function simulatedColumn(
  { teacher, rule, leak, inputs, stepSize, noise, horizon, deadBelow, trials, confidence }: MapOptions,
  plane: StartPlane,
  { seed, signal }: SimulationContext,
  onProgress: (share: number) => void,
): Promise<SimulatedColumn | undefined> {
  if (trials === 0) return undefined;
  const model = unitModel(unitOptionsSchema.parse({ teacher, rule, leak, inputs, stepSize, noise }));
  const x = plane.x.values[Math.floor(plane.x.values.length / 2)];
  const every = Math.ceil(plane.y.values.length / MOST_PLACES);
  // With one input the weights are along the teacher's.
  const places = plane.y.values.filter(
    (y, i) => i % every === 0 && (inputs > 1 || Math.abs(plane.start(x, y).overlap) === 1),
  );
  const shares: number[] = [];
  for (const [index, y] of places.entries()) {
    const { norm, overlap, bias } = plane.start(x, y);
    const { dead } = await simulate(
      model,
      {
        start: { kind: 'fixed', norm, overlap, bias },
        trials,
        grid: [0, Math.ceil(horizon / stepSize)],
        seed,
        deadBelow,
      },
      { signal, onProgress: ({ done, total }) => onProgress((index + done / total) / places.length) },
    );
    shares.push(dead.now[dead.now.length - 1]);
  }
  const name = `share dead at μk = ${horizon}, |w| = ${Number(x.toPrecision(3))}`;
  const axis = { label: plane.y.label, values: places };
  const planar = planarModel(model, true);
  return {
    x,
    series: shareSeries(name, shares, { group: '', axis, trials, confidence }),
    predicted: {
      name,
      group: '',
      theory: 'mean field, small steps',
      axis,
      values: places.map((y) =>
        diesBy(planar, planarWeights(plane.start(x, y)), { horizon, below: deadBelow }) ? 1 : 0,
      ),
    },
  };
}
