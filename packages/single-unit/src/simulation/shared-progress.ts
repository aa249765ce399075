/** Counts updates of all threads together, and tells them to stop. */
export class SharedProgress {
  private readonly stopped: Int32Array;
  private readonly updates: BigInt64Array;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(16)) {
    this.stopped = new Int32Array(buffer, 0, 1);
    this.updates = new BigInt64Array(buffer, 8, 1);
  }

  add(updates: number): void {
    Atomics.add(this.updates, 0, BigInt(updates));
  }

  get done(): number {
    return Number(Atomics.load(this.updates, 0));
  }

  stop(): void {
    Atomics.store(this.stopped, 0, 1);
  }

  get isStopped(): boolean {
    return Atomics.load(this.stopped, 0) !== 0;
  }
}
