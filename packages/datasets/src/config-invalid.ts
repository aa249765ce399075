import { ReluctantError } from '@reluctant/core';

/**
 * `CONFIG_INVALID` for one option of a data set.
 *
 * @param option dotted path below `dataset`, e.g. `probe.size`
 */
export function configInvalid(option: string, message: string): ReluctantError {
  const path = `dataset.${option}`;
  return new ReluctantError('CONFIG_INVALID', `${path}: ${message}`, { issues: [{ path, message }] });
}
