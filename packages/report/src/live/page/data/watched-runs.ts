import type { RunListItem } from '../../api.js';
import type { View } from './address.js';

/** Most runs that are watched at once: the server allows no more. */
const MOST = 100;

/**
 * Ids of the runs whose events are wanted: those that the view shows more of than the list does and that have no end. The list
 * tells when one of the others goes on.
 */
export function watchedRuns(view: View, runs: readonly RunListItem[]): readonly string[] {
  const shown = view.view === 'compare' ? view.runs : view.view === 'run' || view.view === 'unit' ? [view.run] : [];
  const going = new Set(runs.filter(({ status }) => status === 'running').map(({ id }) => id));
  return shown.filter((id) => going.has(id)).slice(0, MOST);
}
