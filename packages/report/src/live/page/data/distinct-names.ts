import { label } from '../../../html/label.js';
import type { RunListItem } from '../../api.js';
import { formatMoment } from './moment.js';

/** One name a run, by id: where names are alike, with what tells them apart: seed, else time of creation, else id. */
export function distinctNames(
  runs: readonly Pick<RunListItem, 'id' | 'name' | 'seed' | 'createdAt'>[],
): ReadonlyMap<string, string> {
  const ways: readonly ((run: (typeof runs)[number]) => string)[] = [
    ({ name }) => shown(name),
    ({ name, seed }) => `${shown(name)} (seed ${seed})`,
    ({ name, createdAt }) => `${shown(name)} (${formatMoment(createdAt)})`,
    ({ name, id }) => `${shown(name)} (${label(id, 80)})`,
  ];
  return new Map(
    runs.map((run) => {
      const unique = ways.find((way) => runs.every((other) => other === run || way(other) !== way(run)));
      return [run.id, (unique ?? ways.at(-1)!)(run)];
    }),
  );
}

function shown(name: string): string {
  return label(name, 60) || 'unnamed';
}
