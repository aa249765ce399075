import { closest, distance } from 'fastest-levenshtein';
import type { Container, ServiceIdentifier } from 'inversify';
import { ReluctantError } from '../errors.js';
import type { Plugin } from './plugin.js';

/** The plugins of one contract by kind. */
export interface PluginRegistry<P extends Plugin<unknown>> {
  /** `architecture`, `probe`, …: for messages. */
  readonly contract: string;
  readonly kinds: readonly string[];
  readonly all: readonly P[];
  /** Throws `PLUGIN_UNKNOWN` with the known kinds and the nearest spelling. */
  get(kind: string): P;
}

/**
 * Collects what is bound under a contract.
 * @param reserved kinds that mean something else in an experiment file
 * @throws `PLUGIN_INVALID` where a plugin can't be made or is incomplete, and where two claim one kind
 */
export function pluginRegistry<P extends Plugin<unknown>>(
  container: Container,
  contract: string,
  identifier: ServiceIdentifier<P>,
  reserved: readonly string[] = [],
): PluginRegistry<P> {
  const byKind = new Map<string, P>();
  for (const plugin of bound(container, contract, identifier)) {
    assertComplete(plugin, contract);
    if (reserved.includes(plugin.kind)) {
      throw new ReluctantError('PLUGIN_INVALID', `No ${contract} may be called "${plugin.kind}": the name is taken.`);
    }
    if (byKind.has(plugin.kind)) {
      throw new ReluctantError(
        'PLUGIN_INVALID',
        `Two plugins claim the ${contract} kind "${plugin.kind}". Leave one out.`,
      );
    }
    byKind.set(plugin.kind, plugin);
  }
  const kinds = [...byKind.keys()].sort();
  return {
    contract,
    kinds,
    all: kinds.map((kind) => byKind.get(kind)!),
    get(kind) {
      const plugin = byKind.get(kind);
      if (plugin) return plugin;
      throw new ReluctantError('PLUGIN_UNKNOWN', unknownKindMessage(contract, kind, kinds));
    },
  };
}

function bound<P>(container: Container, contract: string, identifier: ServiceIdentifier<P>): readonly P[] {
  try {
    return container.isBound(identifier) ? container.getAll(identifier) : [];
  } catch (error) {
    throw ReluctantError.from(error, 'PLUGIN_INVALID', `A ${contract} plugin can't be made`);
  }
}

/** A plugin in plain JavaScript is checked by no compiler. */
function assertComplete(plugin: Partial<Plugin<unknown>> | null | undefined, contract: string): void {
  const { kind, summary, options } = plugin ?? {};
  const missing = [
    typeof kind === 'string' && kind !== '' ? '' : 'kind',
    typeof summary === 'string' ? '' : 'summary',
    typeof options?.safeExtend === 'function' ? '' : 'options (a zod object schema)',
  ].filter(Boolean);
  if (missing.length === 0) return;
  const which = typeof kind === 'string' && kind !== '' ? `The ${contract} plugin "${kind}"` : `A ${contract} plugin`;
  throw new ReluctantError('PLUGIN_INVALID', `${which} has no ${missing.join(', no ')}.`);
}

/** `Unknown probe "dead-unit". Did you mean "dead-units"? Known: …` */
export function unknownKindMessage(contract: string, kind: string, kinds: readonly string[]): string {
  const known = kinds.length > 0 ? `Known: ${kinds.join(', ')}.` : `No ${contract} plugin is loaded.`;
  return [`Unknown ${contract} "${kind}".`, didYouMean(kind, kinds), known].filter(Boolean).join(' ');
}

/** `Did you mean "x"?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return '';
  const nearest = closest(
    word.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  const original = candidates.find((candidate) => candidate.toLowerCase() === nearest)!;
  const tolerable = Math.max(2, Math.ceil(original.length / 3));
  return distance(word.toLowerCase(), nearest) <= tolerable ? `Did you mean "${original}"?` : '';
}
