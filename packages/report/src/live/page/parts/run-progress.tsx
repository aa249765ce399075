import { formatCount, formatEpoch } from '../../../html/format.js';
import type { RunListItem } from '../../api.js';
import { formatDuration } from '../data/moment.js';

/** How far a run has come, and how long it will take while it is running. */
export function RunProgress({ run }: { readonly run: RunListItem }) {
  const { progress } = run;
  if (!progress) return <p class="progress-text">no step yet</p>;
  const { epoch, epochs, step, steps, secondsLeft } = progress;
  const share = steps ? step / steps : epochs ? epoch / epochs : undefined;
  const going = run.status === 'running' && run.alive;
  const told = [
    epochs === null ? `epoch ${formatEpoch(epoch)}` : `epoch ${formatEpoch(epoch)} of ${formatCount(epochs)}`,
    ...(going && secondsLeft !== null ? [`${formatDuration(secondsLeft)} left`] : []),
  ];
  return (
    <div class="run-progress">
      <progress max={1} value={share} aria-label={`Progress: ${told.join(', ')}`} />
      <p class="progress-text" aria-hidden="true">
        {told.join(' · ')}
      </p>
    </div>
  );
}
