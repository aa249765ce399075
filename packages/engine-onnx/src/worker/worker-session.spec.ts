import { Worker } from 'node:worker_threads';
import { expectReluctantError } from '@reluctant/core/testing';
import { describe, expect, it } from 'vitest';
import { WorkerSession } from './worker-session.js';

const batch = { size: 1, x: Float32Array.of(1), y: Int32Array.of(0) };

/** A session whose thread answers that it is open, and then does what `script` says with each request. */
function sessionOn(script: string, onClose: (parameters: unknown) => void = () => undefined): WorkerSession {
  const opening = `const { parentPort: port } = require('node:worker_threads'); port.postMessage({ id: 0, result: { winograd: ['conv'] } });`;
  return new WorkerSession(
    new Worker(`${opening} port.on('message', (request) => { ${script} })`, { eval: true }),
    onClose,
  );
}

describe('where the thread dies', () => {
  it.each([
    ['by an error', 'throw new Error("planned")', 'planned'],
    ['by leaving', 'process.exit(3)', 'exit code 3'],
  ])('%s, every call under way and every later one says so, and closing is quiet', async (_, script, reason) => {
    const session = sessionOn(script);
    await session.opened;
    expect(session.winograd).toEqual(['conv']);
    const calls = [session.evaluate(batch), session.readState()].map((call) => expectReluctantError(call, 'INTERNAL'));
    for (const { message } of await Promise.all(calls)) expect(message).toContain(`ended unexpectedly: ${reason}`);
    await expectReluctantError(session.trainStep(batch, { learningRate: 1, step: 0 }), 'INTERNAL');
    await session.close();
  });

  it('while it opens, opening says so', async () => {
    const session = new WorkerSession(new Worker('throw new Error("planned")', { eval: true }), () => undefined);
    expect((await expectReluctantError(session.opened, 'INTERNAL')).message).toContain('planned');
  });

  it('while it closes, closing says so, and nothing is written back', async () => {
    const handedOver: unknown[] = [];
    const session = sessionOn('process.exit(0)', (parameters) => handedOver.push(parameters));
    await session.opened;
    await expectReluctantError(session.close(), 'INTERNAL');
    expect(handedOver).toEqual([]);
  });
});

it('each call gets its own answer, in whatever order they come', async () => {
  const session = sessionOn(`
    const answer = ({ id, args }) => port.postMessage({ id, result: { loss: args[0]?.x[0], correct: 0, taps: [] } });
    globalThis.asked = [request, ...(globalThis.asked ?? [])];
    if (asked.length === 2) asked.forEach(answer);
    if (request.method === 'close') { answer(request); port.close(); }`);
  await session.opened;
  const calls = [5, 6].map((x) => session.evaluate({ ...batch, x: Float32Array.of(x) }));
  expect((await Promise.all(calls)).map(({ loss }) => loss)).toEqual([5, 6]);
  await session.close();
});
