import type { RunRecord } from './run-record.js';

/** How a run ended, in one sentence, with its own message. */
export function statusSentence(record: RunRecord): string {
  const { finished } = record;
  if (!finished) return 'No end was recorded: the run is still going, or was killed.';
  const message = finished.message ? ` ${finished.message}` : '';
  const at = finished.step > 0 ? ` at step ${finished.step.toLocaleString('en')}` : '';
  switch (finished.status) {
    case 'completed':
      return `Completed${at}.${message}`;
    case 'interrupted':
      return `Interrupted${at}: numbers are of that moment.${message}`;
    case 'diverged':
      return `Diverged${at}: the loss left the finite numbers.${message}`;
    case 'failed':
      return `Failed${at}.${message}`;
  }
}
