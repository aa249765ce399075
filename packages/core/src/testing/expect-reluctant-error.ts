import { expect } from 'vitest';
import { ReluctantError, type ErrorCode } from '../errors.js';

/** Expects a rejection with one of our errors of this code, and gives the error back for more expectations. */
export async function expectReluctantError(promise: Promise<unknown>, code: ErrorCode): Promise<ReluctantError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) expect.fail(`Expected ${code}, but the promise was fulfilled.`);
  if (!ReluctantError.is(error)) throw error;
  expect(error.code).toBe(code);
  return error;
}
