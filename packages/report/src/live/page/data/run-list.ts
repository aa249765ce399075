import type { LiveEvent, RunListItem } from '../../api.js';

/**
 * The runs after an event, the newest first. Of a list that is not changed the same one is given back.
 * @param whole whether the event tells of all runs, so that those it does not name are gone
 */
export function afterEvent(
  runs: readonly RunListItem[] | undefined,
  event: LiveEvent,
  whole: boolean,
): readonly RunListItem[] | undefined {
  if (event.type === 'runs') {
    const known = new Map((whole ? [] : (runs ?? [])).map((run) => [run.id, run]));
    for (const id of event.removed) known.delete(id);
    for (const run of event.changed) known.set(run.id, run);
    return [...known.values()].sort(newestFirst);
  }
  if (event.type !== 'steps' || !runs?.some(({ id }) => id === event.run)) return runs;
  return runs.map((run) =>
    run.id === event.run ? { ...run, progress: event.progress, trainLoss: event.loss ?? run.trainLoss } : run,
  );
}

/** Runs whose name, architecture, dataset, status or seed contains every word of the search. */
export function searchRuns(runs: readonly RunListItem[], search: string): readonly RunListItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return runs;
  return runs.filter((run) => {
    const text = [run.name, run.id, run.architecture, run.dataset, statusOf(run).label, `seed ${run.seed}`]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export type StatusMark = 'running' | 'stopped' | 'completed' | 'interrupted' | 'diverged' | 'failed';

/** A run's status as it is told. */
export function statusOf({ status, alive }: Pick<RunListItem, 'status' | 'alive'>): {
  readonly mark: StatusMark;
  readonly label: string;
} {
  if (status !== 'running') return { mark: status, label: status };
  return alive ? { mark: 'running', label: 'running' } : { mark: 'stopped', label: 'stopped without an end' };
}

function newestFirst(a: RunListItem, b: RunListItem): number {
  return a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? 1 : -1;
}
