import { computed, effect, signal } from '@preact/signals';
import type { LiveEvent, RunListItem } from '../../api.js';
import { mayHaveChanged } from './api-paths.js';
import { EventStream, type ConnectionState } from './event-stream.js';
import { view } from './navigation.js';
import { invalidate } from './resources.js';
import { afterEvent } from './run-list.js';
import { watchedRuns } from './watched-runs.js';

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
  // As text: equal lists are one value, and one connection.
  const watched = computed(() => JSON.stringify(watchedRuns(view.value, runs.value ?? [])));
  effect(() => stream.watch(JSON.parse(watched.value) as string[]));
}
