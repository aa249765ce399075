import type {
  EventOf,
  EventType,
  LogEntry,
  Reading,
  RunManifest,
  RunReader,
  RunSummary,
  SimulationMap,
  SimulationNote,
  SimulationSeries,
  SimulationTable,
  TheorySeries,
} from '@reluctant/core';

export type TransitionEvent = EventOf<'unit.born-dead' | 'unit.died' | 'unit.revived'>;

/** What is shown of a training step. */
export type StepPoint = Pick<EventOf<'step.completed'>, 'step' | 'epoch' | 'loss'>;
/** Readings come through `readings()`. */
const SHOWN_TYPES = [
  'run.finished',
  'run.resumed',
  'step.completed',
  'epoch.completed',
  'evaluation.completed',
  'unit.born-dead',
  'unit.died',
  'unit.revived',
  'probe.failed',
  'intervention.applied',
  'intervention.withheld',
  'simulation.sampled',
  'simulation.predicted',
  'simulation.tabulated',
  'simulation.mapped',
  'simulation.noted',
] as const satisfies readonly EventType[];
type ShownType = (typeof SHOWN_TYPES)[number];

/** What the report needs of a recorded run, gathered in one pass over its log. The queries are pure functions of it. */
export interface RunRecord {
  readonly manifest: RunManifest;
  readonly status: RunSummary['status'];
  readonly finished?: EventOf<'run.finished'>;
  readonly steps: readonly StepPoint[];
  readonly epochs: readonly EventOf<'epoch.completed'>[];
  /** On the test split. */
  readonly evaluations: readonly EventOf<'evaluation.completed'>[];
  readonly transitions: readonly TransitionEvent[];
  readonly probeFailures: readonly EventOf<'probe.failed'>[];
  readonly interventions: readonly EventOf<'intervention.applied' | 'intervention.withheld'>[];
  /** The last published curve of each name and group, in the order of first publication. */
  readonly simulations: readonly SimulationSeries[];
  /** The last published curve of each name, group and theory, in the order of first publication. */
  readonly predictions: readonly TheorySeries[];
  /** The last published table and map of each title, in the order of first publication. */
  readonly tables: readonly SimulationTable[];
  readonly maps: readonly SimulationMap[];
  readonly notes: readonly SimulationNote[];
  /** Ordered by step. */
  readonly readings: readonly Reading[];
  /** Steps at which the run went on after a stop. */
  readonly resumedAt: readonly number[];
}

/** Reads a run, finished or not. Rejects with the reader's own error where the run can't be read. */
export async function readRun(reader: RunReader): Promise<RunRecord> {
  const events: EventOf<ShownType>[] = [];
  for await (const event of reader.events(...SHOWN_TYPES)) events.push(event);
  const readings = [...(await reader.readings())].sort((a, b) => a.step - b.step);
  return recordOf(reader.summary, events, readings);
}

/**
 * Gathers a record from what was read of a run.
 *
 * @param events in order; the bulky kinds are of no account
 * @param readings ordered by step
 */
export function recordOf(
  { manifest, status }: Pick<RunSummary, 'manifest' | 'status'>,
  events: readonly LogEntry[],
  readings: readonly Reading[],
): RunRecord {
  const all = <T extends Exclude<LogEntry['type'], 'tap.sampled' | 'probe.reading'>>(...types: readonly T[]) =>
    events.filter((event): event is EventOf<T> => (types as readonly string[]).includes(event.type));
  return {
    manifest,
    status,
    finished: all('run.finished').at(-1),
    steps: all('step.completed'),
    epochs: all('epoch.completed'),
    evaluations: all('evaluation.completed').filter((event) => event.split === 'test'),
    transitions: all('unit.born-dead', 'unit.died', 'unit.revived'),
    probeFailures: all('probe.failed'),
    interventions: all('intervention.applied', 'intervention.withheld'),
    simulations: latest(
      all('simulation.sampled').map(({ series }) => series),
      ({ name, group }) => [name, group],
    ),
    predictions: latest(
      all('simulation.predicted').map(({ series }) => series),
      ({ name, group, theory }) => [name, group, theory],
    ),
    tables: latest(
      all('simulation.tabulated').map(({ table }) => table),
      ({ title }) => [title],
    ),
    maps: latest(
      all('simulation.mapped').map(({ map }) => map),
      ({ title }) => [title],
    ),
    notes: latest(
      all('simulation.noted').map(({ note }) => note),
      ({ text }) => [text],
    ),
    readings,
    resumedAt: all('run.resumed').map((event) => event.step),
  };
}

/** The last of what has one key, in the order in which keys first came. */
function latest<T>(published: readonly T[], keyOf: (item: T) => readonly string[]): readonly T[] {
  return [...new Map(published.map((item) => [JSON.stringify(keyOf(item)), item])).values()];
}
