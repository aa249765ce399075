import { ReluctantError } from '../errors.js';
import type { Intervention } from './intervention.js';

/** Runs code of an intervention. What it throws that is no error of ours becomes `PLUGIN_INVALID`, with its name. */
export function guarded<T>({ kind }: Pick<Intervention, 'kind'>, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw ReluctantError.from(error, 'PLUGIN_INVALID', `Intervention "${kind}" failed`);
  }
}
