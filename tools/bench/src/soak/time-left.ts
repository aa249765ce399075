import type { OnProgress } from '../on-progress.js';

const INTERVAL = 5000;

/**
 * Tells of steps every five seconds, with the time that those to come will take at the rate so far.
 * @param total steps in all
 * @param now milliseconds
 * @returns to be called with the steps taken
 */
export function tellTimeLeft(
  title: string,
  total: number,
  onProgress: OnProgress,
  now = () => performance.now(),
): (taken: number) => void {
  const start = now();
  let told = start;
  return (taken) => {
    const time = now();
    if (time - told < INTERVAL) return;
    told = time;
    const left = ((time - start) / taken) * (total - taken);
    onProgress(`${title}: step ${taken} of ${total}, ${formatDuration(left)} left`);
  };
}

function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
