import { describe, expect, it } from 'vitest';
import type { EventBody, TrainingEvent } from '../../events/training-event.js';
import type { Checkpoint, FollowOptions, LogBatch, RunReader, RunStore } from '../../store/run-store.js';

const DESCRIPTION = {
  name: 'followed',
  config: {},
  seed: 1,
  versions: {},
  machine: { platform: 'linux', cpu: 'any', cores: 1 },
};
const BASE = { probe: 'p', site: 's', on: 'probe-split', step: 1, epoch: 0.5, images: 4 } as const;

function event(seq: number, body: EventBody, minute = 0): TrainingEvent {
  return { seq, time: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(), ...body };
}
const failed = (seq: number, minute = 0) => event(seq, { type: 'probe.failed', probe: 'p', message: 'm' }, minute);
const reading = (seq: number) =>
  event(seq, { type: 'probe.reading', reading: { ...BASE, units: { pr: [0.5, NaN, 1] }, layer: { mean: NaN } } });
const checkpointAt = (seq: number): Checkpoint => ({ state: {}, loop: {}, step: seq, epoch: 0, stepInEpoch: seq, seq });

/** Batches one at a time. What was recorded may come in several of them. */
class Follower {
  private readonly abort = new AbortController();
  private readonly batches: AsyncIterator<LogBatch>;
  constructor(reader: RunReader, options: Omit<FollowOptions, 'signal'> = {}) {
    this.batches = reader.follow({ ...options, signal: this.abort.signal })[Symbol.asyncIterator]();
  }

  /** Everything up to the batch that ends with the event `seq`. */
  async until(seq: number): Promise<{ readonly types: readonly string[]; readonly rewound: boolean }> {
    const told = { types: [] as string[], rewound: false };
    for (;;) {
      const { done, value } = await this.batches.next();
      if (done) throw new Error('The iteration has ended.');
      if (value.rewound) told.types = [];
      told.types.push(...value.entries.map((entry) => `${entry.seq} ${entry.type}`));
      told.rewound ||= value.rewound;
      if (value.complete && value.seq === seq) return told;
    }
  }

  next(): Promise<IteratorResult<LogBatch>> {
    return this.batches.next();
  }

  end(): void {
    this.abort.abort();
  }
}

/** The tests of `RunReader.follow` that every store has to pass: `followConformance('files', () => createRunStore(…))`. */
export function followConformance(name: string, createStore: () => RunStore): void {
  describe(`following a run, as promised by ${name}`, () => {
    it('gives an empty log at once, then what is recorded, also behind an end', async () => {
      const store = createStore();
      const { writer } = await store.create(DESCRIPTION);
      const follower = new Follower(await store.open(writer.id));
      expect((await follower.next()).value).toEqual({ entries: [], seq: 0, rewound: false, complete: true });
      await writer.consume(failed(1));
      expect(await follower.until(1)).toEqual({ types: ['1 probe.failed'], rewound: false });
      await writer.consume(event(2, { type: 'run.finished', status: 'interrupted', step: 1 }));
      expect(await follower.until(2)).toEqual({ types: ['2 run.finished'], rewound: false });
      await writer.consume(event(3, { type: 'run.resumed', step: 1, epoch: 0 }));
      expect(await follower.until(3)).toEqual({ types: ['3 run.resumed'], rewound: false });
      follower.end();
      expect((await follower.next()).done).toBe(true);
      await writer.close();
    });

    it('has lengths in place of the values of single units, and of a layer its numbers', async () => {
      const store = createStore();
      const { writer } = await store.create(DESCRIPTION);
      await writer.consume(reading(1));
      await writer.close();
      for await (const { entries } of (await store.open(writer.id)).follow()) {
        const { time } = reading(1);
        const logged = { ...BASE, units: { pr: 3 }, layer: { mean: NaN } };
        expect(entries).toEqual([{ seq: 1, time, type: 'probe.reading', reading: logged }]);
        break;
      }
    });

    it('leaves out other types, and counts them', async () => {
      const store = createStore();
      const { writer } = await store.create(DESCRIPTION);
      for (const one of [failed(1), reading(2), failed(3)]) await writer.consume(one);
      const follower = new Follower(await store.open(writer.id), { types: ['probe.reading'] });
      expect((await follower.until(3)).types).toEqual(['2 probe.reading']);
      await writer.consume(failed(4));
      expect((await follower.until(4)).types).toEqual([]);
      follower.end();
      await writer.close();
    });

    it.each([
      ['shorter than before', 0],
      ['as long as before', 2],
      ['longer than before', 5],
    ])('starts over where a resume has dropped events and the log is %s', async (_, added) => {
      const store = createStore();
      const { writer } = await store.create(DESCRIPTION);
      for (const seq of [1, 2, 3, 4]) await writer.consume(failed(seq));
      const follower = new Follower(await store.open(writer.id));
      expect((await follower.until(4)).rewound).toBe(false);
      await writer.close();
      const resumed = await store.resume(writer.id, checkpointAt(2));
      for (let seq = 3; seq < 3 + added; seq++) await resumed.consume(failed(seq, 1));
      await resumed.close();
      const types = Array.from({ length: 2 + added }, (_, index) => `${index + 1} probe.failed`);
      expect(await follower.until(2 + added)).toEqual({ types, rewound: true });
      follower.end();
    });

    it('tells whether a run is being written', async () => {
      const store = createStore();
      const { writer } = await store.create(DESCRIPTION);
      expect((await store.open(writer.id)).summary.alive).toBe(true);
      await writer.close();
      expect((await store.open(writer.id)).summary.alive).toBe(false);
      const resumed = await store.resume(writer.id, checkpointAt(0));
      expect((await store.open(writer.id)).summary.alive).toBe(true);
      await resumed.close();
    });

    it('finds readings that came after an event', async () => {
      const store = createStore();
      const { writer } = await store.create(DESCRIPTION);
      for (const one of [reading(1), failed(2), reading(3)]) await writer.consume(one);
      await writer.close();
      const reader = await store.open(writer.id);
      expect(await reader.readings({ after: 0 })).toHaveLength(2);
      expect(await reader.readings({ after: 1 })).toHaveLength(1);
      expect(await reader.readings({ after: 3, probe: 'p' })).toEqual([]);
    });
  });
}
