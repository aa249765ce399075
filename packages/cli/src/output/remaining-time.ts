import { formatDuration } from './duration.js';

/** Time left, from the share done since it was first asked: a resumed run does not begin at nought. */
export class RemainingTime {
  private first: { readonly share: number; readonly time: number } | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** `, 2 min 10 s left`, or nothing while it can't be told. */
  remaining(share: number): string {
    const time = this.now();
    this.first ??= { share, time };
    const done = share - this.first.share;
    if (done <= 0 || share >= 1) return '';
    return `, ${formatDuration(((1 - share) / done) * ((time - this.first.time) / 1000))} left`;
  }
}
