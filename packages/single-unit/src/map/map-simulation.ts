import { runInTimeSlices, type Simulation, type SimulationMap } from '@reluctant/core';
import { hasSignal } from '../model/teacher.js';
import { unitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { estimatedTime } from '../simulation/estimated-time.js';
import { OverallProgress } from '../simulation/overall-progress.js';
import { planarModel } from '../theory/evolution/planar-model.js';
import { mapOptionsSchema, type MapOptions } from './map-options.js';
import { mappedMeanField, mappedTime, type MappedMeanField } from './mapped-mean-field.js';
import { columnPlaces, placeTrials, simulatedColumn } from './simulated-column.js';
import { startPlane, type StartPlane } from './start-plane.js';

/** About how many nanoseconds the flow takes for one unit of its time. */
const FLOW_TIME = 2e4;

/** From where a unit dies: Pr[y>0] at a horizon over the plane of its first weights, with trajectories and the basin's boundary. */
export const singleUnitMap: Simulation<MapOptions> = {
  kind: 'single-unit-map',
  summary: 'From where one ReLU unit dies: a phase portrait over norm and angle, or threshold, of its first weights',
  options: mapOptionsSchema,

  async simulate(options, context) {
    const { publish, signal } = context;
    const { teacher, rule, leak, inputs, stepSize, noise, horizon, deadBelow } = options;
    const model = unitModel(unitOptionsSchema.parse({ teacher, rule, leak, inputs, stepSize, noise }));
    const planar = planarModel(model, true);
    const plane = startPlane(options);
    const places = options.trials > 0 ? columnPlaces(options, plane) : [];
    const placeTime = places.length > 0 ? estimatedTime(model, placeTrials(options, plane, places[0])) : 0;
    const flowTime = mappedTime(options);
    const progress = new OverallProgress(publish, FLOW_TIME * flowTime + places.length * placeTime);

    progress.begin('mean field', FLOW_TIME * flowTime);
    let covered = 0;
    const onValue = (more: number) => progress.tell((covered += more) / flowTime);
    const mapped = await runInTimeSlices(mappedMeanField(planar, plane, options), { signal, onValue });
    const [norm, , bias] = planar.teacher.weights;
    const optimum = hasSignal(teacher.kind) ? plane.place({ norm, overlap: 1, bias }) : undefined;
    const activations = mapped.values.flat();
    const dead = activations.filter((activation) => activation < deadBelow).length;

    publish({ type: 'simulation.mapped', map: mapOf(options, plane, mapped, optimum) });
    publish({
      type: 'simulation.noted',
      note: {
        severity: 'information',
        text:
          `The map is the mean field's, in the limit of small steps, for white inputs and a bias; dead means Pr[y>0] < ${deadBelow} ` +
          `at μk = ${horizon}. Of ${activations.length} starts ${dead} are dead then. ` +
          (teacher.kind === 'none'
            ? 'An error of noise alone moves no unit in the limit of small steps: the map is that of the starts.'
            : 'Finite steps blur the boundary.'),
      },
    });
    const simulated = await simulatedColumn(options, plane, places, {
      ...context,
      onPlace: () => progress.begin('simulation', placeTime),
      onProgress: (share) => progress.tell(share),
    });
    progress.finish();
    if (simulated) {
      publish({ type: 'simulation.sampled', series: simulated.series });
      publish({ type: 'simulation.predicted', series: simulated.predicted });
    }
    publish({
      type: 'simulation.result',
      result: {
        plane: options.plane,
        horizon,
        deadBelow,
        x: plane.x.values,
        y: plane.y.values,
        p: mapped.values,
        boundary: mapped.boundary,
        trajectories: mapped.trajectories,
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
  { values, boundary, trajectories }: MappedMeanField,
  optimum: readonly [number, number] | undefined,
): SimulationMap {
  return {
    title: `Pr[y>0] at μk = ${horizon} by the first weights`,
    x,
    y,
    value: { label: 'Pr[y>0]', scale: 'logarithmic' },
    values,
    lines: [
      ...(boundary.length > 1
        ? [{ kind: 'boundary' as const, label: `Pr[y>0] < ${deadBelow} below it`, points: boundary }]
        : []),
      ...trajectories.map(({ points, dies }) => ({
        kind: 'trajectory' as const,
        label: dies ? 'dies' : 'lives',
        points,
      })),
    ],
    points: optimum ? [{ label: "the teacher's weights", x: optimum[0], y: optimum[1] }] : [],
    notes: [`Starts have ${fixed}, which trajectories leave.`],
  };
}
