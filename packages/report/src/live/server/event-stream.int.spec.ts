import { connect } from 'node:net';
import type { EventBody } from '@reluctant/core';
import { MemoryRunStore } from '@reluctant/core/testing';
import { expect, it, onTestFinished } from 'vitest';
import { plantReadings } from '../../samples/plant-readings.js';
import { PLANTED_SITES } from '../../samples/planted-run.js';
import { sampleManifest } from '../../samples/sample-manifest.js';
import { ask, askJson, EventReader, SampleWriter, serveSample } from '../../samples/serve-sample.js';
import type { RunDetail } from '../api.js';

const manifest = sampleManifest(PLANTED_SITES);

const step = (step: number): EventBody => {
  return { type: 'step.completed', step, epoch: step / 100, loss: 1 / step, correct: 1, size: 2, learningRate: 0.1, seconds: 0.01 }; // prettier-ignore
};
const died = (unit: number): EventBody => {
  return { type: 'unit.died', probe: 'unit-lifecycle', site: 'first/relu', unit, step: 10, epoch: 0.1 };
};
const measured = (at: number) =>
  plantReadings({ site: PLANTED_SITES[0]!, pr: [0, 1, 0.5, 1], step: at, epoch: at / 100, images: 10 });
const testAccuracy: EventBody = { type: 'evaluation.completed', step: 10, epoch: 0.1, split: 'test', loss: 1, accuracy: 0.5, images: 10 }; // prettier-ignore
const finished: EventBody = { type: 'run.finished', status: 'interrupted', step: 10 };

async function serveGrowing() {
  const store = new MemoryRunStore();
  const writer = await SampleWriter.create(store, manifest);
  return { store, writer, server: await serveSample({ store }) };
}

it('tells all runs first, then what is new, changed and gone', async () => {
  const store = new MemoryRunStore();
  const server = await serveSample({ store });
  const events = await EventReader.open(server, '');
  expect(await events.next()).toEqual({ type: 'runs', changed: [], removed: [] });
  const writer = await SampleWriter.create(store, manifest);
  const appeared = await events.nextOf('runs');
  expect(appeared.changed).toMatchObject([{ id: writer.id, status: 'running', alive: true, progress: null }]);
  await writer.record({ type: 'epoch.started', step: 0, epoch: 0, steps: 100, learningRate: 0.1 }, step(1), step(2));
  const grown = await events.nextOf('runs');
  // A second a step, by the events' own times; 10 epochs of 100 steps.
  expect(grown.changed[0]!.progress).toEqual({ epoch: 0.02, epochs: 10, step: 2, steps: 1000, secondsLeft: expect.closeTo(998, 6) }); // prettier-ignore
  await writer.record(finished);
  await writer.writer.close();
  expect((await events.nextOf('runs')).changed).toMatchObject([{ status: 'interrupted', alive: false }]);
  store.remove(writer.id);
  expect(await events.nextOf('runs')).toEqual({ type: 'runs', changed: [], removed: [writer.id] });
  expect((await ask(server, `/api/runs/${writer.id}`)).status).toBe(404);
});

it('tells what happens in the runs that are watched', async () => {
  const { store, writer, server } = await serveGrowing();
  const other = await SampleWriter.create(store, manifest);
  await expect.poll(async () => (await ask(server, `/api/runs/${other.id}`)).status, { timeout: 5000 }).toBe(200);
  const events = await EventReader.open(server, `runs=${writer.id}`);
  await events.nextOf('runs');
  await writer.record(...measured(10));
  expect(await events.nextOf('measured')).toEqual({ type: 'measured', run: writer.id, step: 10, epoch: 0.1 });
  await writer.record(died(1), died(2));
  expect((await events.nextOf('transitions')).transitions).toMatchObject([{ type: 'unit.died', unit: 2 }, { unit: 1 }]);
  await other.record(...measured(99));
  await writer.record(step(1));
  const told = await events.nextOf('steps');
  expect(told).toMatchObject({ run: writer.id, progress: { step: 1 }, loss: 1 });
  await writer.record(testAccuracy);
  expect(await events.nextOf('changed')).toEqual({ type: 'changed', run: writer.id, what: 'training' });
  await writer.record(finished);
  expect(await events.nextOf('changed')).toEqual({ type: 'changed', run: writer.id, what: 'status' });
});

it('tells a client without a position to ask again, as it may have been answered before the run was read', async () => {
  const { writer, server } = await serveGrowing();
  await writer.record(step(1));
  const events = await EventReader.open(server, `runs=${writer.id}`);
  expect(await events.nextOf('changed')).toEqual({ type: 'changed', run: writer.id, what: 'everything' });
  const { lastId } = events;
  expect(lastId).toMatch(/^\d+$/);
  events.close();
  const again = await EventReader.open(server, `runs=${writer.id}`, lastId);
  await writer.record(testAccuracy);
  expect(await again.nextOf('changed')).toMatchObject({ what: 'training' });
});

it('tells of many steps only the last, a few times a second', async () => {
  const { writer, server } = await serveGrowing();
  const events = await EventReader.open(server, `runs=${writer.id}`);
  const from = performance.now();
  let told = 0;
  for (let at = 1; at < 2000; at += 20) {
    await writer.record(...Array.from({ length: 20 }, (_, index) => step(at + index)));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (let last = 0; last < 2000; told++) last = (await events.nextOf('steps')).progress.step;
  expect(told).toBeLessThanOrEqual(1 + (4.5 * (performance.now() - from)) / 1000);
});

it('goes on from the last event that was seen, also at another server', async () => {
  const { store, writer, server } = await serveGrowing();
  const events = await EventReader.open(server, `runs=${writer.id}`);
  await writer.record(...measured(10), died(1));
  await events.nextOf('transitions');
  const { lastId } = events;
  events.close();
  await server.close();
  await writer.record(died(2), testAccuracy);

  const again = await EventReader.open(await serveSample({ store }), `runs=${writer.id}`, lastId);
  const told = [await again.next(), await again.next(), await again.next()];
  expect(told.map(({ type }) => type).sort()).toEqual(['changed', 'runs', 'transitions']);
  expect(told.find(({ type }) => type === 'transitions')).toMatchObject({ transitions: [{ unit: 2 }] });
});

it('takes a position that is made of what a page has read', async () => {
  const { writer, server } = await serveGrowing();
  await writer.record(...measured(10));
  await expect.poll(async () => (await askJson<RunDetail>(server, `/api/runs/${writer.id}`)).seq).toBe(5);
  await writer.record(died(1));
  const events = await EventReader.open(server, `runs=nothing,${writer.id}&after=0.5`);
  await events.nextOf('runs');
  expect(await events.next()).toMatchObject({ type: 'transitions', transitions: [{ seq: 6 }] });
});

it('tells that a resume has dropped events, to those that are there and those that come back', async () => {
  const { store, writer, server } = await serveGrowing();
  const events = await EventReader.open(server, `runs=${writer.id}`);
  await writer.record(step(1), step(2), step(3));
  await events.nextOf('steps');
  const { lastId } = events;
  await writer.writer.close();
  const resumed = await SampleWriter.resume(store, writer.id, 1);
  await resumed.record({ type: 'run.resumed', step: 1, epoch: 0.01 }, step(2), step(3), step(4));
  const everything = { type: 'changed', run: writer.id, what: 'everything' };
  expect(await events.nextOf('changed')).toEqual(everything);
  expect((await askJson<RunDetail>(server, `/api/runs/${writer.id}`)).item.progress).toMatchObject({ step: 4 });
  await resumed.record(step(5));
  expect(await events.nextOf('steps')).toMatchObject({ progress: { step: 5 } });
  expect(events.lastId).not.toBe(lastId);

  // The log is longer than what was seen, but not the same.
  const again = await EventReader.open(await serveSample({ store }), `runs=${writer.id}`, lastId);
  expect(await again.nextOf('changed')).toEqual(everything);
  const current = await EventReader.open(server, `runs=${writer.id}`, events.lastId);
  await resumed.record(step(6));
  expect(await current.nextOf('steps')).toMatchObject({ progress: { step: 6 } });
});

it('holds nothing for a client that does not read', async () => {
  const { writer, server } = await serveGrowing();
  const stalled = Array.from({ length: 20 }, () => {
    const socket = connect(server.port, '127.0.0.1').pause();
    onTestFinished(() => void socket.destroy());
    socket.write(`GET /api/events?runs=${writer.id} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    return socket;
  });
  const watching = await EventReader.open(server, `runs=${writer.id}`);
  const EVENTS = 100_000;
  for (let at = 1; at <= EVENTS; at += 5000) {
    await writer.record(
      ...Array.from({ length: 5000 }, (_, index) => (index % 2 ? step(at + index) : died(at + index))),
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (let last = 0; last < EVENTS;) last = (await watching.nextOf('steps')).progress.step;
  const { bytesRead } = stalled[0]!;
  // What was sent to each is what a few states take, not what 100,000 events do.
  for (const socket of stalled) socket.resume();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(bytesRead).toBeLessThan(1 << 17);
  for (const socket of stalled) expect(socket.bytesRead).toBeLessThan(1 << 19);
});

it('takes so many clients and not more, and lets the next in when one has gone', async () => {
  const { server } = await serveGrowing();
  const readers = await Promise.all(Array.from({ length: 64 }, () => EventReader.open(server, '')));
  await Promise.all(readers.map((reader) => reader.next()));
  const refused = await ask(server, '/api/events');
  expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  readers[0]!.close();
  await expect
    .poll(async () => {
      const reader = await EventReader.open(server, '');
      return reader.next().then(
        () => 'open',
        () => 'refused',
      );
    })
    .toBe('open');
});

it('ends its connections when the server is closed', async () => {
  const { server, writer } = await serveGrowing();
  const events = await EventReader.open(server, `runs=${writer.id}`);
  await events.nextOf('changed');
  await server.close();
  await expect(events.next()).rejects.toThrow();
});
