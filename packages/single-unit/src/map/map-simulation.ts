import type { Simulation, SimulationContext, SimulationMap } from '@reluctant/core';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { unitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { criticalOverlap } from '../theory/death/basin.js';
import { planarModel, type PlanarWeights } from '../theory/evolution/planar-model.js';
import { mapOptionsSchema, type MapOptions } from './map-options.js';
import { course } from './mean-field-map.js';
import { simulatedColumn } from './simulated-column.js';
import { startPlane, type StartPlane } from './start-plane.js';

/** From where a unit dies: Pr[y>0] at a horizon over the plane of its first weights, with trajectories and the basin's boundary. */
export const singleUnitMap: Simulation<MapOptions> = {
  kind: 'single-unit-map',
  summary: 'From where one ReLU unit dies: a phase portrait over norm and angle, or threshold, of its first weights',
  options: mapOptionsSchema,

  async simulate(options, context) {
    const { teacher, rule, leak, inputs, stepSize, noise, horizon, deadBelow } = options;
    const model = unitModel(unitOptionsSchema.parse({ teacher, rule, leak, inputs, stepSize, noise }));
    const planar = planarModel(model, true);
    const plane = startPlane(options);
    const progress = progressOf(context, plane.x.values.length + (options.trials > 0 ? plane.x.values.length : 0));

    const columns: (readonly number[])[] = [];
    const boundary: (readonly [number, number])[] = [];
    for (const norm of plane.x.values) {
      await progress.turn('mean field');
      columns.push(plane.y.values.map((y) => course(planar, plane.start(norm, y), horizon).activation));
      if (options.plane !== 'norm-overlap') continue;
      const start = { norm, bias: options.startBias };
      const critical = criticalOverlap(planar, true, start, { horizon, below: deadBelow }, 1e-3);
      if (Math.abs(critical) < 1) boundary.push([norm, critical]);
    }
    const values = plane.y.values.map((_, row) => columns.map((column) => column[row]));
    const trajectories = starts(plane, options.trajectories).map((start) => {
      const { points, activation } = course(planar, start, horizon);
      return { points: points.map(plane.place), dies: activation < deadBelow };
    });
    // The same colours in every map.
    trajectories.sort((a, b) => Number(a.dies) - Number(b.dies));
    const [norm, , bias] = planar.teacher.weights;
    const optimum = teacher.kind === 'zero' ? undefined : plane.place({ norm, overlap: 1, bias });
    const dead = columns.flat().filter((activation) => activation < deadBelow).length;

    context.publish({
      type: 'simulation.mapped',
      map: mapOf(options, plane, { values, boundary, trajectories, optimum }),
    });
    context.publish({
      type: 'simulation.noted',
      note: {
        severity: 'information',
        text:
          `The map is the mean field's, in the limit of small steps, for white inputs and a bias; dead means Pr[y>0] < ${deadBelow} ` +
          `at μk = ${horizon}. Of ${columns.length * plane.y.values.length} starts ${dead} are dead then. Finite steps blur the boundary.`,
      },
    });
    const simulated = await simulatedColumn(options, plane, context, (share) => progress.partial('simulation', share));
    if (simulated) {
      context.publish({ type: 'simulation.sampled', series: simulated.series });
      context.publish({ type: 'simulation.predicted', series: simulated.predicted });
    }
    context.publish({
      type: 'simulation.result',
      result: {
        plane: options.plane,
        horizon,
        deadBelow,
        x: plane.x.values,
        y: plane.y.values,
        p: values,
        boundary,
        trajectories,
        simulation: simulated
          ? {
              x: simulated.x,
              y: simulated.series.axis.values,
              dead: simulated.series.mean,
              lower: simulated.series.lower,
              upper: simulated.series.upper,
              trials: simulated.series.trials,
            }
          : null,
      },
    });
  },
};

function mapOf(
  { horizon, deadBelow }: MapOptions,
  { x, y, fixed }: StartPlane,
  found: {
    readonly values: SimulationMap['values'];
    readonly boundary: readonly (readonly [number, number])[];
    readonly trajectories: readonly {
      readonly points: readonly (readonly [number, number])[];
      readonly dies: boolean;
    }[];
    readonly optimum: readonly [number, number] | undefined;
  },
): SimulationMap {
  return {
    title: `Pr[y>0] at μk = ${horizon} by the first weights`,
    x,
    y,
    value: { label: 'Pr[y>0]', scale: 'logarithmic' },
    values: found.values,
    lines: [
      ...(found.boundary.length > 1
        ? [{ kind: 'boundary' as const, label: `Pr[y>0] < ${deadBelow} below it`, points: found.boundary }]
        : []),
      ...found.trajectories.map(({ points, dies }) => ({
        kind: 'trajectory' as const,
        label: dies ? 'dies' : 'lives',
        points,
      })),
    ],
    points: found.optimum ? [{ label: "the teacher's weights", x: found.optimum[0], y: found.optimum[1] }] : [],
    notes: [`Starts have ${fixed}, which trajectories leave.`],
  };
}

/** Starts of trajectories all over the plane: columns by turns, rows by the golden ratio, which spreads any number evenly. */
function starts({ x, y, start }: StartPlane, count: number): readonly PlanarWeights[] {
  const between = (values: readonly number[], share: number) =>
    values[0] + share * (values[values.length - 1] - values[0]);
  return Array.from({ length: count }, (_, i) => {
    const row = ((i + 0.5) * 0.6180339887498949) % 1;
    return start(between(x.values, (i + 0.5) / count), between(y.values, 0.04 + 0.92 * row));
  });
}

/** Publishes progress by parts, and gives the event loop its turn between them. */
function progressOf({ publish, signal }: SimulationContext, total: number) {
  let done = 0;
  return {
    turn: async (detail: string) => {
      publish({ type: 'progress', label: detail, done: done++, total });
      await nextTurn();
      signal?.throwIfAborted();
    },
    partial: (detail: string, share: number) =>
      publish({ type: 'progress', label: detail, done: done + share * (total - done), total }),
  };
}
