import { once } from 'node:events';
import {
  toLogEntry,
  type EventBody,
  type EventOf,
  type EventType,
  type RunManifest,
  type RunReader,
  type RunStatus,
  type TrainingEvent,
} from '@reluctant/core';

/** A run held in memory: what a store would give back after these events had been recorded. For tests. */
export function memoryRunReader(manifest: RunManifest, bodies: readonly EventBody[]): RunReader {
  const events = bodies.map(
    (body, index) => ({ seq: index + 1, time: '2026-01-01T00:00:00.000Z', ...body }) as TrainingEvent,
  );
  const finished = events.find((event) => event.type === 'run.finished');
  const status: RunStatus | 'running' = finished?.status ?? 'running';
  return {
    summary: {
      id: manifest.id,
      path: `/runs/${manifest.id}`,
      name: manifest.name,
      createdAt: manifest.createdAt,
      status,
      alive: false,
      manifest,
    },
    async *events<T extends EventType>(...types: readonly T[]) {
      const isOfTypes = (event: TrainingEvent): event is EventOf<T> =>
        types.length === 0 || (types as readonly string[]).includes(event.type);
      yield* events.filter(isOfTypes);
    },
    async *follow({ types, signal } = {}) {
      const entries = events.filter(({ type }) => types?.includes(type) ?? true).map(toLogEntry);
      yield { entries, seq: events.length, rewound: false, complete: true };
      if (signal && !signal.aborted) await once(signal, 'abort');
    },
    readings: async (filter = {}) =>
      events.flatMap((event) =>
        event.type === 'probe.reading' &&
        event.seq > (filter.after ?? 0) &&
        (filter.probe === undefined || event.reading.probe === filter.probe) &&
        (filter.site === undefined || event.reading.site === filter.site)
          ? [event.reading]
          : [],
      ),
    tapSamples: async () => events.flatMap((event) => (event.type === 'tap.sampled' ? [event.sample] : [])),
    latestCheckpoint: async () => undefined,
  };
}
