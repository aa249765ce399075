import { requireComputableTaps, type NamedArrays } from '@reluctant/core';
import { detectDevice } from './device/detect-device.js';
import type { Runtime } from './runtime/runtime.js';
import { OnnxSession } from './session.js';
import { tuneNetwork, type TuningHooks } from './tune/tune-network.js';
import type { TunedSession } from './tune/tuned-session.js';
import type { SessionSpec } from './worker/messages.js';

/**
 * Builds a session where it will compute. Tunes first where that is asked for and not known yet.
 *
 * @param onClose receives the parameters as they are at the end
 */
export async function buildSession(
  runtime: Runtime,
  { network, initial, plan, options, tuning: known }: SessionSpec,
  onClose: (parameters: NamedArrays) => void,
  hooks: TuningHooks,
): Promise<TunedSession<OnnxSession>> {
  const device = await detectDevice(runtime, options);
  // What can't be computed is refused before time is spent on measuring.
  requireComputableTaps(plan.taps, network.sites);
  const tune = options.tune && device.block !== undefined;
  const tuning = tune ? (known ?? (await tuneNetwork(runtime, network, initial, plan, device, hooks))) : undefined;
  return { session: new OnnxSession(runtime, network, initial, plan, device, onClose, tuning?.choices), tuning };
}
