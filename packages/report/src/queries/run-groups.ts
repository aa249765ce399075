import { kindOf } from './kind-of.js';
import type { RunRecord } from './run-record.js';

/** A run as it is compared: its name on the page and what was recorded. */
export interface NamedRun {
  readonly name: string;
  readonly record: RunRecord;
}

/** Runs whose experiments differ in nothing but the seed, the name and what was measured. */
export interface RunGroup {
  /**
   * What sets it apart from the other groups, in as few settings as do: `initializer he-normal, learningRate 0.05`. `all runs` for a single
   * group.
   */
  readonly label: string;
  /** Every setting in which groups differ, also those that the labels need not name; `null` where this group has no such setting. */
  readonly settings: readonly { readonly name: string; readonly value: string | null }[];
  readonly runs: readonly NamedRun[];
}

/** Parts of a configuration that don't make another experiment. */
const NOT_COMPARED = new Set([
  ...['name', 'seed', 'probes', 'measurement', 'plugins'],
  ...['dataset.path', 'dataset.download', 'training.checkpointEvery'],
]);

/** Parts that runs are usually told apart by, before all others. */
const FIRST_PARTS = ['architecture', 'initializer', 'interventions', 'dataset'];

/** Groups by configuration, in the order of their first runs. */
export function runGroups(runs: readonly NamedRun[]): readonly RunGroup[] {
  const settings = runs.map(({ record }) => settingsOf(record.manifest.config));
  const members = groupBy(runs.keys(), (index) => {
    return JSON.stringify([...settings[index]!].sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  const groups = [...members.values()].map((indices) => ({ indices, settings: settings[indices[0]!]! }));
  const paths = differing(groups.map((group) => group.settings));
  const telling = sufficient(groups.map((group) => group.settings), paths); // prettier-ignore
  return groups.map(({ indices, settings: own }) => {
    const named = telling.flatMap((path) => (own.has(path) ? [`${nameOf(path)} ${textOf(own.get(path))}`] : []));
    return {
      label: named.join(', ') || (groups.length === 1 ? 'all runs' : runs[indices[0]!]!.name),
      settings: paths.map((path) => ({ name: nameOf(path), value: own.has(path) ? textOf(own.get(path)) : null })),
      runs: indices.map((index) => runs[index]!),
    };
  });
}

/** Values by path; lists are values. */
type Settings = ReadonlyMap<string, unknown>;

function settingsOf(config: Readonly<Record<string, unknown>>): Settings {
  const settings = new Map<string, unknown>();
  const visit = (path: string, value: unknown) => {
    if (NOT_COMPARED.has(path)) return;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) settings.set(path, value);
    else for (const [name, inner] of Object.entries(value)) visit(`${path}.${name}`, inner);
  };
  for (const [name, value] of Object.entries(config)) {
    visit(name, typeof value === 'string' && FIRST_PARTS.includes(name) ? { kind: value } : value);
  }
  return settings;
}

/**
 * The paths in which groups differ: the usual parts first, of each its kind before its options. Options of a part count only among groups that
 * have that part of one kind: that a ResNet's depth is absent from a VGG says no more than that they are two kinds.
 */
function differing(groups: readonly Settings[]): readonly string[] {
  const paths = [...new Set(groups.flatMap((settings) => [...settings.keys()]))];
  const parts = [...new Set([...FIRST_PARTS, ...paths.map(partOf)])];
  const place = (path: string) => 2 * parts.indexOf(partOf(path)) + Number(!path.endsWith('.kind'));
  const differs = (path: string) => {
    const kindPath = `${path.split('.').slice(0, -1).join('.')}.kind`;
    const ofOneKind = groupBy(groups, (settings) => (path === kindPath ? '' : key(settings.get(kindPath))));
    return [...ofOneKind.values()].some((same) => new Set(same.map((settings) => key(settings.get(path)))).size > 1);
  };
  return paths.filter(differs).sort((a, b) => place(a) - place(b));
}

/** As few of the paths, from the first on, as tell all groups apart that can be told apart by them. */
function sufficient(groups: readonly Settings[], paths: readonly string[]): readonly string[] {
  const classes = (of: readonly string[]) =>
    new Set(groups.map((settings) => JSON.stringify(of.map((path) => key(settings.get(path)))))).size;
  return paths.reduce<readonly string[]>((kept, path) => {
    return classes([...kept, path]) > classes(kept) ? [...kept, path] : kept;
  }, []);
}

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const key = (value: unknown) => JSON.stringify(value) ?? '';
const partOf = (path: string) => path.split('.')[0]!;

/** The setting's own name; that of the part for its kind. */
function nameOf(path: string): string {
  const names = path.split('.');
  return (names.at(-1) === 'kind' ? names.at(-2) : undefined) ?? names.at(-1)!;
}

/** A list of choices by their kinds, since it is too long to be told in full. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value) ?? '';
  if (value.length === 0) return 'none';
  const kinds = value.map((choice) => (typeof choice === 'object' ? kindOf(choice) : undefined));
  return kinds.every((kind) => kind !== undefined) ? kinds.join(', ') : JSON.stringify(value);
}
