import { describe, expect, it } from 'vitest';
import { createEventBus } from './event-bus.js';
import type { EventBody } from './training-event.js';

const progress = (done: number): EventBody => ({ type: 'progress', label: 'x', done });
const failed = (message: string): EventBody => ({ type: 'probe.failed', probe: 'p', message });

describe('event bus', () => {
  it('stamps, freezes and filters', () => {
    const bus = createEventBus({ startSeq: 7, now: () => new Date(0) });
    const seen: unknown[] = [];
    bus.of('probe.failed').subscribe((event) => seen.push(event));
    bus.publish(progress(1));
    const event = bus.publish(failed('a'));
    expect(event).toEqual({ seq: 8, time: '1970-01-01T00:00:00.000Z', type: 'probe.failed', probe: 'p', message: 'a' });
    expect(Object.isFrozen(event)).toBe(true);
    expect(seen).toEqual([event]);
    expect(bus.lastSeq).toBe(8);
  });

  it('shows every observer one order, though one publishes while it observes', () => {
    const bus = createEventBus();
    const order: number[] = [];
    bus.events$.subscribe((event) => {
      if (event.seq === 1) bus.publish(failed('second'));
    });
    bus.events$.subscribe((event) => order.push(event.seq));
    bus.publish(failed('first'));
    expect(order).toEqual([1, 2]);
  });

  it('never overlaps the calls of an asynchronous consumer, and the barrier waits for it', async () => {
    const bus = createEventBus();
    const log: string[] = [];
    bus.attach(async (event) => {
      log.push(`start ${event.seq}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      log.push(`end ${event.seq}`);
    });
    for (const name of ['a', 'b', 'c']) bus.publish(failed(name));
    await bus.barrier();
    expect(log).toEqual(['start 1', 'end 1', 'start 2', 'end 2', 'start 3', 'end 3']);
  });

  it.each([
    [
      'synchronous',
      () => {
        throw new Error('disk full');
      },
    ],
    [
      'asynchronous',
      async () => {
        throw new Error('disk full');
      },
    ],
  ])('keeps the first error of a %s consumer for the barrier and stops calling it', async (_, consume) => {
    const bus = createEventBus();
    let calls = 0;
    bus.attach(() => {
      calls++;
      return consume();
    });
    bus.publish(failed('a'));
    bus.publish(failed('b'));
    await expect(bus.barrier()).rejects.toThrow('disk full');
    bus.publish(failed('c'));
    await expect(bus.barrier()).rejects.toThrow('disk full');
    expect(calls).toBe(1);
  });

  it('detaches', () => {
    const bus = createEventBus();
    let calls = 0;
    const detach = bus.attach(() => void calls++);
    bus.publish(failed('a'));
    detach();
    bus.publish(failed('b'));
    expect(calls).toBe(1);
  });
});
