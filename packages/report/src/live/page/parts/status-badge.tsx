import type { RunListItem } from '../../api.js';
import { statusOf, type StatusMark } from '../data/run-list.js';

const SHAPES: Record<StatusMark, string> = {
  running: 'M6 2a4 4 0 1 0 0 8a4 4 0 1 0 0-8z',
  stopped: 'M2.5 2.5h7v7h-7z',
  completed: 'M1.5 6.5l3 3l6-7',
  interrupted: 'M4 2v8M8 2v8',
  diverged: 'M1 10l3-3l2 2l4.5-7M7 2h3.5v3.5',
  failed: 'M2.5 2.5l7 7M9.5 2.5l-7 7',
};

/** A run's status in a word and a mark of its own shape. */
export function StatusBadge({ run }: { readonly run: Pick<RunListItem, 'status' | 'alive'> }) {
  const { mark, label } = statusOf(run);
  return (
    <span class={`badge ${mark}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={SHAPES[mark]} />
      </svg>
      {label}
    </span>
  );
}
