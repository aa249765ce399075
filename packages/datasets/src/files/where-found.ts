import { ReluctantError } from '@reluctant/core';

/** The answer of a search, undefined where it ends with `DATASET_NOT_FOUND`: `locate` answers, where `load` complains. */
export async function whereFound(search: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await search();
  } catch (error) {
    if (ReluctantError.is(error) && error.code === 'DATASET_NOT_FOUND') return undefined;
    throw error;
  }
}
