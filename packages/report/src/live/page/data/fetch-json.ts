/** Why there is no answer, fit to be shown. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export type Answer =
  | { readonly kind: 'new'; readonly data: unknown; readonly etag: string | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Asks the server. The browser revalidates what it has kept; where that is what the page has as well (`etag`), it is not read
 * again. Never rejects.
 */
export async function fetchJson(path: string, etag: string | null): Promise<Answer> {
  try {
    const response = await fetch(path, { cache: 'no-cache', headers: { accept: 'application/json' } });
    if (!response.ok) return { kind: 'failed', failure: await failureOf(response) };
    const tag = response.headers.get('etag');
    if (tag !== null && tag === etag) {
      await response.body?.cancel();
      return { kind: 'unchanged' };
    }
    return { kind: 'new', data: await response.json(), etag: tag };
  } catch (error) {
    const message = `The server does not answer (${error instanceof Error ? error.message : String(error)}). Start it again with \`reluctant serve\`; the page goes on by itself.`;
    return { kind: 'failed', failure: { code: 'NO_ANSWER', message } };
  }
}

/** What the server said, or its status where it said nothing that can be read. */
async function failureOf(response: Response): Promise<Failure> {
  const body: unknown = await response.json().catch(() => undefined);
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body;
  if (typeof error === 'object' && error !== null && 'message' in error)
    return {
      code: 'code' in error ? String(error.code) : String(response.status),
      message: String(error.message),
    };
  return { code: String(response.status), message: `The server answered ${response.status} ${response.statusText}.` };
}
