import { effect, signal } from '@preact/signals';
import type { LiveEvent, RunListItem } from '../../api.js';
import type { View } from './address.js';
import { mayHaveChanged } from './api-paths.js';
import { EventStream, type ConnectionState } from './event-stream.js';
import { view } from './navigation.js';
import { invalidate } from './resources.js';
import { afterEvent } from './run-list.js';

/** All runs, the newest first; undefined until the server has told. */
export const runs = signal<readonly RunListItem[] | undefined>(undefined);
export const connection = signal<ConnectionState>('connecting');

/** Starts to follow the server: the list of all runs, and events of those that the view shows. */
export function followServer(): void {
  let whole = true;
  const stream = new EventStream({
    state: (state) => (connection.value = state),
    opened: () => {
      whole = true;
      // What was answered before events came may have changed in between.
      invalidate(() => true);
    },
    event: (event: LiveEvent) => {
      runs.value = afterEvent(runs.value, event, whole);
      if (event.type === 'runs') whole = false;
      invalidate(mayHaveChanged(event));
    },
  });
  effect(() => stream.watch(runsOf(view.value)));
}

/** Ids of the runs that a view shows more of than the list does. */
function runsOf(shown: View): readonly string[] {
  if (shown.view === 'compare') return shown.runs;
  return shown.view === 'run' || shown.view === 'unit' ? [shown.run] : [];
}
