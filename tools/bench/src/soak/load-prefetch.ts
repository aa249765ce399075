import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Has the next item produced while the present one is used, as core's `prefetch` describes. */
export type Prefetch = <T>(source: AsyncIterable<T>) => AsyncGenerator<T, void, undefined>;

/**
 * The prefetch of a run. It is core's own affair and none of its exports, so that it is taken from the build: a copy would
 * measure something else than runs do.
 */
export async function loadPrefetch(): Promise<Prefetch> {
  const core = pathToFileURL(createRequire(import.meta.url).resolve('@reluctant/core'));
  const module = (await import(new URL('dataset/prefetch.js', core).href)) as { readonly prefetch: Prefetch };
  return module.prefetch;
}
