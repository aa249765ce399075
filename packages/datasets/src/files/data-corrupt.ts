import { ReluctantError } from '@reluctant/core';

/** `DATASET_CORRUPT` for a file, at a byte offset where one can be told. */
export function dataCorrupt(
  path: string,
  problem: string,
  at: { offset?: number; cause?: unknown } = {},
): ReluctantError {
  const place = at.offset === undefined ? path : `${path}, byte ${at.offset}`;
  return new ReluctantError('DATASET_CORRUPT', `${place}: ${problem}. Replace the file with a sound copy.`, {
    cause: at.cause,
  });
}
