import type { RunReader } from '@reluctant/core';

/** How long runs were at work, those side by side counted once and interruptions left out. */
export class Activity {
  private readonly spans: { readonly start: number; readonly end: number }[] = [];

  async add(reader: RunReader): Promise<void> {
    let start = Date.parse(reader.summary.createdAt);
    let end = start;
    for await (const event of reader.events('run.resumed', 'epoch.completed', 'run.finished')) {
      const time = Date.parse(event.time);
      if (event.type === 'run.resumed') {
        this.spans.push({ start, end });
        start = time;
      }
      end = time;
    }
    this.spans.push({ start, end });
  }

  /** Wall seconds in which at least one run was at work. */
  get seconds(): number {
    let [sum, until] = [0, -Infinity];
    for (const { start, end } of [...this.spans].sort((a, b) => a.start - b.start)) {
      sum += Math.max(0, end - Math.max(start, until));
      until = Math.max(until, end);
    }
    return sum / 1000;
  }
}
