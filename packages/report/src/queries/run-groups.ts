import { kindOf } from './kind-of.js';
import type { RunRecord } from './run-record.js';

/** A run as it is compared: its name on the page and what was recorded. */
export interface NamedRun {
  readonly name: string;
  readonly record: RunRecord;
}

/** Runs whose experiments differ in nothing but the seed, the name and what was measured. */
export interface RunGroup {
  /** What sets it apart from the other groups, such as `initializer he-normal, learningRate 0.05`; `all runs` for a single group. */
  readonly label: string;
  readonly runs: readonly NamedRun[];
}

/** Parts of a configuration that don't make another experiment. */
const NOT_COMPARED = new Set([
  ...['name', 'seed', 'probes', 'measurement', 'plugins'],
  ...['dataset.path', 'dataset.download', 'training.checkpointEvery'],
]);

/** Groups by configuration, in the order of their first runs. */
export function runGroups(runs: readonly NamedRun[]): readonly RunGroup[] {
  const settings = runs.map(({ record }) => settingsOf(record.manifest.config));
  const groups = new Map<string, number[]>();
  settings.forEach((all, index) => {
    const key = JSON.stringify([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const told = differing(settings);
  return [...groups.values()].map((members) => ({
    label: labelOf(settings[members[0]!]!, told) || (groups.size === 1 ? 'all runs' : runs[members[0]!]!.name),
    runs: members.map((index) => runs[index]!),
  }));
}

type Settings = ReadonlyMap<string, string>;

/** Every value of a configuration by its path. */
function settingsOf(config: Readonly<Record<string, unknown>>): Settings {
  const settings = new Map<string, string>();
  const visit = (path: string, value: unknown) => {
    if (NOT_COMPARED.has(path)) return;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) visit(path === '' ? name : `${path}.${name}`, inner);
    } else if (value !== undefined) settings.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  };
  for (const [name, value] of Object.entries(config)) {
    const kind = typeof value === 'string' ? kindOf(value) : undefined;
    visit(name, kind === undefined ? value : { kind });
  }
  return settings;
}

/**
 * The paths in which runs differ. Options of a part count only among runs that have that part of one kind: that a ResNet's depth
 * is absent from a VGG says no more than that they are two kinds.
 */
function differing(settings: readonly Settings[]): readonly string[] {
  const paths = [...new Set(settings.flatMap((all) => [...all.keys()]))];
  const parts = [...new Set(paths.map((path) => path.split('.')[0]!))];
  const place = (path: string) => 2 * parts.indexOf(path.split('.')[0]!) + Number(!path.endsWith('.kind'));
  const differs = (path: string) => {
    const part = path.split('.').slice(0, -1).join('.');
    const kindPath = `${part}.kind`;
    const byKind = new Map<string | undefined, Set<string | undefined>>();
    for (const all of settings) {
      const kind = path === kindPath ? undefined : all.get(kindPath);
      byKind.set(kind, (byKind.get(kind) ?? new Set()).add(all.get(path)));
    }
    return [...byKind.values()].some((values) => values.size > 1);
  };
  // Part by part, its kind before its options.
  return paths.filter(differs).sort((a, b) => place(a) - place(b));
}

function labelOf(settings: Settings, paths: readonly string[]): string {
  return paths
    .flatMap((path) => {
      const value = settings.get(path);
      const names = path.split('.');
      const name = names.at(-1) === 'kind' ? names.at(-2) : names.at(-1);
      return value === undefined ? [] : [`${name} ${kindsIn(value) ?? value}`];
    })
    .join(', ');
}

/** `redo, leaky-relu` for a list of choices, which is too long to be told in full; undefined for anything else. */
function kindsIn(value: string): string | undefined {
  if (!value.startsWith('[')) return undefined;
  const kinds = (JSON.parse(value) as readonly unknown[]).map((choice) => {
    return typeof choice === 'object' ? kindOf(choice) : undefined;
  });
  if (kinds.length === 0) return 'none';
  return kinds.every((kind) => kind !== undefined) ? kinds.join(', ') : undefined;
}
