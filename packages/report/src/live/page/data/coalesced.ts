/**
 * Work that is asked for often and done seldom: at once when asked for, then not again within `interval` milliseconds of its
 * start nor before it has ended. What is asked for meanwhile is done once, afterwards.
 */
export class Coalesced {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wanted = false;
  private working = false;

  /** @param work must not reject */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly interval: number,
  ) {}

  request(): void {
    this.wanted = true;
    if (!this.working && this.timer === undefined) void this.run();
  }

  /** Forgets what was asked for; work that is under way goes on. */
  cancel(): void {
    this.wanted = false;
  }

  private async run(): Promise<void> {
    this.wanted = false;
    this.working = true;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.wanted && !this.working) void this.run();
    }, this.interval);
    await this.work();
    this.working = false;
    if (this.wanted && this.timer === undefined) void this.run();
  }
}
