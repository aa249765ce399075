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

/** Collects what is bound under a contract. Throws `PLUGIN_INVALID` where two plugins claim one kind. */
export function pluginRegistry<P extends Plugin<unknown>>(
  container: Container,
  contract: string,
  identifier: ServiceIdentifier<P>,
): PluginRegistry<P> {
  const all = container.isBound(identifier) ? container.getAll(identifier) : [];
  const byKind = new Map<string, P>();
  for (const plugin of all) {
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
