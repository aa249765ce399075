import { ReluctantError } from '@reluctant/core';

/**
 * What DuckDB says, as one of our errors: `QUERY_INVALID` with the line and place in the statement that DuckDB shows, or `RUN_CORRUPT`
 * where a file of a record is damaged.
 */
export function queryError(error: unknown): ReluctantError {
  if (ReluctantError.is(error)) return error;
  const message = (error instanceof Error ? error.message : String(error))
    .replace(/^Failed to extract statements: /, '')
    .trim();
  const options = { cause: error };
  if (/^(Invalid Input Error: Malformed JSON in file|IO Error|Invalid Error: .*parquet)/i.test(message)) {
    return new ReluctantError(
      'RUN_CORRUPT',
      `${message.replace(/^[\w ]+ Error: /, '')}\nA record is damaged. Restore the file, or name the other runs with --run.`,
      options,
    );
  }
  if (message.startsWith('Out of Memory Error')) {
    return new ReluctantError('QUERY_INVALID', `The query needs more memory than it may take: raise --memory, or ask for less.\n${message}`, options); // prettier-ignore
  }
  if (message.startsWith('Permission Error')) {
    return new ReluctantError(
      'QUERY_INVALID',
      `A query reads the views only (--views lists them).\n${message}`,
      options,
    );
  }
  return new ReluctantError('QUERY_INVALID', message, options);
}
