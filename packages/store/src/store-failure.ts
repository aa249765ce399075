import { ReluctantError } from '@reluctant/core';

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space there, or keep runs on another disk',
  EDQUOT: 'The disk quota is used up. Free some space there, or keep runs on another disk',
  EACCES: 'Permission is denied. Make it writable for this user, or keep runs in another folder',
  EPERM: 'The operation is not permitted. Make it writable for this user, or keep runs in another folder',
  EROFS: 'The file system is read-only. Keep runs in another folder',
  ENOENT:
    'A folder on the path is missing and cannot be made. Put it back if it was moved, or keep runs in another folder',
  ENOTDIR: 'A part of the path is a file, not a folder. Choose another folder for runs',
  EMFILE: 'Too many files are open. Raise the limit (ulimit -n), or start fewer runs at once',
  EIO: 'The disk reported an input/output error. Check it before going on',
};

/** The error code of a failed system call, e.g. `ENOSPC`. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * `STORE_FAILED` that says where it happened and what to do about it; one of our own errors is passed through.
 *
 * @param doing what was being done, e.g. `write the event log`
 */
export function storeFailure(error: unknown, doing: string, path: string): ReluctantError {
  if (ReluctantError.is(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const remedy = REMEDIES[errnoOf(error) ?? ''];
  const message = `Cannot ${doing} at ${path}. ${remedy ? `${remedy}. ` : ''}(${reason})`;
  return new ReluctantError('STORE_FAILED', message, { cause: error });
}
