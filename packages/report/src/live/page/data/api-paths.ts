import type { LiveEvent } from '../../api.js';

/** What can be asked for about a run. */
export type About = 'training' | 'layers' | 'depth' | 'heat-map' | 'transitions' | 'unit' | 'unit-images';

export const RUNS_PATH = 'api/runs';

/** Where a run itself is asked for. */
export function runPath(run: string): string {
  return `${RUNS_PATH}/${encodeURIComponent(run)}`;
}

/** Where something about a run is asked for. */
export function pathOf(run: string, about: About, parameters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(parameters).toString();
  return `${runPath(run)}/${about}${query === '' ? '' : `?${query}`}`;
}

/** Where events are asked for, after the one of an id if that is not empty. */
export function eventsPath(runs: readonly string[], after: string): string {
  const parameters = [
    ...(runs.length > 0 ? [`runs=${runs.map(encodeURIComponent).join(',')}`] : []),
    ...(after === '' ? [] : [`after=${encodeURIComponent(after)}`]),
  ];
  return `api/events${parameters.length > 0 ? '?' : ''}${parameters.join('&')}`;
}

/** What has to be asked for again after an event. What tells of runs as a list is in the event itself. */
export function mayHaveChanged(event: LiveEvent): (path: string) => boolean {
  switch (event.type) {
    case 'runs':
      return among(event.changed.map(({ id }) => runPath(id)));
    case 'steps':
      return among([pathOf(event.run, 'training')]);
    case 'measured':
      return among(
        [runPath(event.run)],
        (['layers', 'depth', 'heat-map', 'transitions', 'unit'] as const).map((about) => pathOf(event.run, about)),
      );
    case 'transitions':
      return among((['transitions', 'unit'] as const).map((about) => pathOf(event.run, about)));
    case 'changed': {
      if (event.what === 'training') return among([pathOf(event.run, 'training')]);
      if (event.what === 'status') return among([runPath(event.run), pathOf(event.run, 'training')]);
      const run = runPath(event.run);
      return (path) => path === run || path.startsWith(`${run}/`);
    }
  }
}

/** Whether a path, whatever its parameters, is one of these. */
function among(...lists: readonly (readonly string[])[]): (path: string) => boolean {
  const paths = new Set(lists.flat());
  return (path) => paths.has(path.split('?')[0]!);
}
