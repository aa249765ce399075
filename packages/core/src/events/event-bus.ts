import { filter, Subject, type Observable } from 'rxjs';
import { serviceIdentifier } from '../plugin/service-identifier.js';
import type { EventBody, EventOf, EventType, TrainingEvent } from './training-event.js';

/** Takes events in order. May be asynchronous: `barrier` waits for it, and it is never called again before it has settled. */
export type EventConsumer = (event: TrainingEvent) => Promise<void> | void;

/** One way, from producers to observers. Events are frozen and JSON-safe but for non-finite numbers. */
export interface EventBus {
  readonly events$: Observable<TrainingEvent>;
  of<T extends EventType>(...types: readonly T[]): Observable<EventOf<T>>;
  /** Stamps and delivers to all observers before it returns; attached consumers may go on working. */
  publish(body: EventBody): TrainingEvent;
  /**
   * Adds a consumer whose work counts: the first error that it throws is kept and thrown by `barrier`. Returns a function
   * that detaches it.
   */
  attach(name: string, consumer: EventConsumer): () => void;
  /** Waits until every consumer has dealt with everything published so far; rejects with the first consumer error. */
  barrier(): Promise<void>;
  /** Sequence number of the last event. */
  readonly lastSeq: number;
  complete(): void;
}
export const EventBus = serviceIdentifier<EventBus>('EventBus');

/** @param startSeq sequence number of the last event recorded before, when a run goes on */
export function createEventBus(options: { readonly startSeq?: number; readonly now?: () => Date } = {}): EventBus {
  const now = options.now ?? (() => new Date());
  const subject = new Subject<TrainingEvent>();
  const events$ = subject.asObservable();
  const pending = new Map<symbol, Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  let lastSeq = options.startSeq ?? 0;

  return {
    events$,
    of: <T extends EventType>(...types: readonly T[]) =>
      events$.pipe(filter((event): event is EventOf<T> => (types as readonly string[]).includes(event.type))),
    get lastSeq() {
      return lastSeq;
    },
    publish(body) {
      const event = Object.freeze({ seq: ++lastSeq, time: now().toISOString(), ...body }) as TrainingEvent;
      subject.next(event);
      return event;
    },
    attach(name, consumer) {
      const key = Symbol(name);
      const fail = (error: unknown) => {
        failure ??= { error };
        subscription.unsubscribe();
      };
      const subscription = events$.subscribe((event) => {
        const before = pending.get(key);
        const consume = async () => consumer(event);
        if (before) {
          pending.set(key, before.then(consume).catch(fail));
          return;
        }
        // Synchronous consumers are called at once, so that what they show is never behind.
        try {
          const result = consumer(event);
          if (result instanceof Promise) {
            const settled: Promise<void> = result.catch(fail).finally(() => {
              if (pending.get(key) === settled) pending.delete(key);
            });
            pending.set(key, settled);
          }
        } catch (error) {
          fail(error);
        }
      });
      return () => subscription.unsubscribe();
    },
    async barrier() {
      await Promise.all(pending.values());
      if (failure) throw failure.error;
    },
    complete: () => subject.complete(),
  };
}
