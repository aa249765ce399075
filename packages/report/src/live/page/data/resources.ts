import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Coalesced } from './coalesced.js';
import { fetchJson, type Failure } from './fetch-json.js';

/** Milliseconds between two requests for one thing. */
const INTERVAL = 1000;
/** Answers kept that nobody shows, so that going back shows them at once. */
const KEPT = 24;
/** Milliseconds for which an answer is kept in any case: what is being drawn has no users yet. */
const KEPT_FOR = 10_000;

export interface ResourceState<T> {
  /** Undefined as long as there was no answer. */
  readonly data: T | undefined;
  /** Why the last request failed; undefined if it did not. */
  readonly failure: Failure | undefined;
}

/** An answer of the server, kept and asked for again when it may have changed and someone shows it. */
class Resource {
  readonly state = signal<ResourceState<unknown>>({ data: undefined, failure: undefined });
  unusedSince = performance.now();
  private users = 0;
  private stale = true;
  private etag: string | null = null;
  private readonly refreshing = new Coalesced(() => this.refresh(), INTERVAL);

  constructor(readonly path: string) {}

  get isUsed(): boolean {
    return this.users > 0;
  }

  retain(): void {
    this.users++;
    this.refreshIfShown();
  }

  release(): void {
    this.users--;
    this.unusedSince = performance.now();
  }

  invalidate(): void {
    this.stale = true;
    this.refreshIfShown();
  }

  /** A page that nobody sees asks for nothing. */
  refreshIfShown(): void {
    if (this.stale && this.users > 0 && !document.hidden) this.refreshing.request();
  }

  private async refresh(): Promise<void> {
    if (this.users === 0 || document.hidden) return;
    this.stale = false;
    const answer = await fetchJson(this.path, this.etag);
    const { data, failure } = this.state.peek();
    if (answer.kind === 'new') {
      this.etag = answer.etag;
      this.state.value = { data: answer.data, failure: undefined };
    } else if (answer.kind === 'failed') {
      this.stale = true;
      this.state.value = { data, failure: answer.failure };
    } else if (failure) this.state.value = { data, failure: undefined };
  }
}

const resources = new Map<string, Resource>();

document.addEventListener('visibilitychange', () => {
  for (const resource of resources.values()) resource.refreshIfShown();
});

/** The server's answers to some requests, up to date as long as they are shown. */
export function useResources<T>(paths: readonly string[]): readonly ResourceState<T>[] {
  const used = paths.map(resourceAt);
  useEffect(() => {
    for (const resource of used) resource.retain();
    return () => {
      for (const resource of used) resource.release();
      forgetUnused();
    };
  }, paths);
  return used.map((resource) => resource.state.value as ResourceState<T>);
}

/** The server's answer to a request, up to date as long as it is shown. */
export function useResource<T>(path: string): ResourceState<T> {
  return useResources<T>([path])[0]!;
}

/** Asks again for what may have changed. */
export function invalidate(mayHaveChanged: (path: string) => boolean): void {
  for (const resource of resources.values()) if (mayHaveChanged(resource.path)) resource.invalidate();
}

/** Last used, last forgotten. */
function resourceAt(path: string): Resource {
  const resource = resources.get(path) ?? new Resource(path);
  resources.delete(path);
  resources.set(path, resource);
  return resource;
}

function forgetUnused(): void {
  const unused = [...resources.values()].filter((resource) => !resource.isUsed);
  const before = performance.now() - KEPT_FOR;
  for (const { path, unusedSince } of unused.slice(0, -KEPT)) if (unusedSince < before) resources.delete(path);
}
