import { applyOverrides, ReluctantError } from '@reluctant/core';

type Document = Readonly<Record<string, unknown>>;

/** Keys of an experiment file beside its simulation. */
const COMMON = ['name', 'seed', 'plugins'];

/**
 * An experiment document from one that is either such a document already, its simulation of the wanted kind, or just that
 * simulation's options, among which name, seed and plugins may stand. `--set` overrides name options the same short way, or by
 * their place in an experiment file.
 * @param source name of the file, for messages
 * @throws `CONFIG_INVALID`
 */
export function simulationDocument(
  document: Document,
  kind: string,
  overrides: readonly string[],
  source: string,
): Record<string, unknown> {
  return applyOverrides('simulation' in document ? requireKind(document, kind, source) : wrapped(document, kind), [
    ...overrides.map(inExperiment),
  ]);
}

function wrapped(document: Document, kind: string): Record<string, unknown> {
  const isCommon = ([key]: readonly [string, unknown]) => COMMON.includes(key);
  const entries = Object.entries(document);
  const options = Object.fromEntries(entries.filter((entry) => !isCommon(entry)));
  return { ...Object.fromEntries(entries.filter(isCommon)), simulation: { kind, ...options } };
}

function requireKind(document: Document, kind: string, source: string): Record<string, unknown> {
  const { simulation } = document;
  const found = typeof simulation === 'string' ? simulation : (simulation as { readonly kind?: unknown } | null)?.kind;
  if (found === kind) return { ...document };
  throw new ReluctantError(
    'CONFIG_INVALID',
    `${source}: simulation.kind: This command takes "${kind}", not "${String(found)}". \`reluctant run\` takes any kind.`,
  );
}

function inExperiment(override: string): string {
  const [first] = override.split(/[.=]/);
  return first === 'simulation' || COMMON.includes(first.trim()) ? override : `simulation.${override}`;
}
