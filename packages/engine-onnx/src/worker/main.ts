/**
 * What the worker thread runs: one session, whose methods are called by messages, one after the other. The thread ends by
 * itself once the session is closed and ONNX Runtime holds nothing any more: ended from outside, it could take the process
 * down in the middle of native code.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { NamedArrays } from '@reluctant/core';
import { detectDevice } from '../device/detect-device.js';
import { openRuntime } from '../runtime/open-runtime.js';
import { OnnxSession } from '../session.js';
import { toErrorMessage } from './error-message.js';
import { OPENING, type Reply, type Request, type ThreadData } from './messages.js';
import { parcelOwnState, type Parcel } from './transfer.js';
import { guarded } from './work-guard.js';

const port = parentPort!;
const { guard, ...spec } = workerData as ThreadData;
await answer(OPENING, open);

async function open(): Promise<Parcel<undefined>> {
  const { network, initial, plan, options } = spec;
  let parameters: NamedArrays = {};
  const runtime = await openRuntime(options);
  const device = await detectDevice(runtime, options);
  const session = new OnnxSession(runtime, network, initial, plan, device, (final) => (parameters = final));
  let last = Promise.resolve();
  port.on('message', (request: Request) => {
    last = last.then(async () => {
      await answer(request.id, () => perform(session, request, () => parameters));
      if (request.method === 'close') port.close();
    });
  });
  return { value: undefined, buffers: [] };
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
    port.postMessage({ id, result: value } satisfies Reply, buffers);
  } catch (error) {
    port.postMessage({ id, error: toErrorMessage(error) } satisfies Reply);
  }
}
