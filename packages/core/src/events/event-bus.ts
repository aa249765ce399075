import { filter, Subject, type Observable } from 'rxjs';
import { serviceIdentifier } from '../plugin/service-identifier.js';
import type { EventBody, EventOf, EventType, TrainingEvent } from './training-event.js';

/** Takes events in order. May be asynchronous: `barrier` waits for it, and it is never called again before it has settled. */
export type EventConsumer = (event: TrainingEvent) => Promise<void> | void;

/** One way, from producers to observers. Events are frozen. */
export interface EventBus {
  readonly events$: Observable<TrainingEvent>;
  of<T extends EventType>(...types: readonly T[]): Observable<EventOf<T>>;
  /**
   * Stamps an event and delivers it to all observers. One published from inside an observer is delivered after the event
   * being observed, so that everybody sees the same order. `progress` is transient: it takes no sequence number.
   */
  publish(body: EventBody): TrainingEvent;
  /** Adds a consumer whose work counts: `barrier` waits for it and throws its first error. Returns the function that detaches it. */
  attach(consumer: EventConsumer): () => void;
  /** Waits until every consumer has dealt with everything published so far; rejects with the first consumer's error. */
  barrier(): Promise<void>;
  /** Sequence number of the last event that was not transient. */
  readonly lastSeq: number;
  complete(): void;
}
export const EventBus = serviceIdentifier<EventBus>('EventBus');

export interface EventBusOptions {
  /** Sequence number of the last event recorded before, when a run goes on. */
  readonly startSeq?: number;
  readonly now?: () => Date;
}

export function createEventBus({ startSeq = 0, now = () => new Date() }: EventBusOptions = {}): EventBus {
  const subject = new Subject<TrainingEvent>();
  const events$ = subject.asObservable();
  const undelivered: TrainingEvent[] = [];
  const working = new Set<Promise<void>>();
  let delivering = false;
  let failure: { readonly error: unknown } | undefined;
  let lastSeq = startSeq;

  function deliver(): void {
    if (delivering) return;
    delivering = true;
    try {
      for (let event = undelivered.shift(); event; event = undelivered.shift()) subject.next(event);
    } finally {
      delivering = false;
    }
  }

  return {
    events$,
    of: <T extends EventType>(...types: readonly T[]) =>
      events$.pipe(filter((event): event is EventOf<T> => (types as readonly string[]).includes(event.type))),
    get lastSeq() {
      return lastSeq;
    },
    publish(body) {
      if (body.type !== 'progress') lastSeq++;
      const event: TrainingEvent = Object.freeze({ seq: lastSeq, time: now().toISOString(), ...body });
      undelivered.push(event);
      deliver();
      return event;
    },
    attach(consumer) {
      let previous: Promise<void> | undefined;
      const fail = (error: unknown) => {
        failure ??= { error };
        subscription.unsubscribe();
      };
      // A synchronous consumer is called at once, so that what it shows is never behind; only real waiting is queued.
      const subscription = events$.subscribe((event) => {
        if (previous) return enqueue(previous.then(() => (subscription.closed ? undefined : consumer(event))));
        try {
          const result = consumer(event);
          if (result) enqueue(result);
        } catch (error) {
          fail(error);
        }
      });
      const enqueue = (work: Promise<void>) => {
        const settled: Promise<void> = work.catch(fail).finally(() => {
          working.delete(settled);
          if (previous === settled) previous = undefined;
        });
        previous = settled;
        working.add(settled);
      };
      return () => subscription.unsubscribe();
    },
    async barrier() {
      while (working.size > 0) await Promise.all(working);
      if (failure) throw failure.error;
    },
    complete: () => subject.complete(),
  };
}
