/**
 * What the worker thread runs: one session, whose methods are called by messages, one after the other. The thread ends by
 * itself once the session is closed and ONNX Runtime holds nothing any more: ended from outside, it could take the process
 * down in the middle of native code.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { NamedArrays } from '@reluctant/core';
import { buildSession } from '../build-session.js';
import { openRuntime } from '../runtime/open-runtime.js';
import type { OnnxSession } from '../session.js';
import type { TuningHooks } from '../tune/tune-network.js';
import { toErrorMessage } from './error-message.js';
import { OPENING, type Message, type OpenedSession, type Request, type ThreadData } from './messages.js';
import { parcelOwnState, type Parcel } from './transfer.js';
import { guarded, pauseWork } from './work-guard.js';

const port = parentPort!;
const { guard, ...spec } = workerData as ThreadData;
await answer(OPENING, open);

async function open(): Promise<Parcel<OpenedSession>> {
  let parameters: NamedArrays = {};
  const hooks: TuningHooks = {
    onProgress: (progress) => port.postMessage({ tuning: progress } satisfies Message),
    pause: () => pauseWork(guard),
  };
  const runtime = await openRuntime(spec.options);
  const { session, tuning } = await buildSession(runtime, spec, (final) => (parameters = final), hooks);
  let last = Promise.resolve();
  port.on('message', (request: Request) => {
    last = last.then(async () => {
      await answer(request.id, () => perform(session, request, () => parameters));
      if (request.method === 'close') port.close();
    });
  });
  return { value: { tuning, winograd: session.winograd }, buffers: [] };
}

/** @param parameters the network's, once the session is closed */
async function perform(
  session: OnnxSession,
  request: Request,
  parameters: () => NamedArrays,
): Promise<Parcel<unknown>> {
  switch (request.method) {
    case 'trainStep':
      return { value: await session.trainStep(...request.args), buffers: [] };
    case 'evaluate':
      return { value: await session.evaluate(...request.args), buffers: [] };
    case 'readState':
      return parcelOwnState(await session.readState());
    case 'writeState':
      return { value: await session.writeState(...request.args), buffers: [] };
    case 'close':
      await session.close();
      return parcelOwnState(parameters());
  }
}

async function answer(id: number, action: () => Promise<Parcel<unknown>>): Promise<void> {
  try {
    const { value, buffers } = await guarded(guard, action);
    port.postMessage({ id, result: value } satisfies Message, buffers);
  } catch (error) {
    port.postMessage({ id, error: toErrorMessage(error) } satisfies Message);
  }
}
