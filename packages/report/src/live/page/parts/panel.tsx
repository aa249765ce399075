import type { ComponentChildren } from 'preact';
import type { ResourceState } from '../data/resources.js';
import { FailureNotice } from './failure-notice.js';

interface PanelProps {
  readonly title: string;
  readonly wide?: boolean;
  /** The answer that the content is made of. */
  readonly state?: ResourceState<unknown>;
  /** Said instead of the content where there was an answer without any. */
  readonly empty?: ComponentChildren;
  /** Stay where they are whatever the answer is. */
  readonly tools?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** A titled part of a page. While nothing has been answered yet, it keeps room for the content. */
export function Panel({ title, wide = false, state, empty, tools, children }: PanelProps) {
  const answered = state === undefined || state.data !== undefined;
  const waiting = !answered && state.failure === undefined;
  return (
    <section class={wide ? 'panel wide' : 'panel'} aria-busy={waiting}>
      <h2>
        <bdi>{title}</bdi>
      </h2>
      {tools}
      {state?.failure && <FailureNotice failure={state.failure} />}
      {waiting && <p class="waiting">Loading …</p>}
      {answered && (empty ? <p class="empty">{empty}</p> : children)}
    </section>
  );
}
