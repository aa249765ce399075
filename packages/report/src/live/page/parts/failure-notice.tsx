import type { Failure } from '../data/fetch-json.js';

/** Why something is not shown, or not the newest. */
export function FailureNotice({ failure }: { readonly failure: Failure }) {
  return (
    <p class="failure" role="status">
      <bdi>{failure.message}</bdi> <code>{failure.code}</code>
    </p>
  );
}
