import { ReluctantError, type JsonValue } from '@reluctant/core';
import type { z } from 'zod';

/** What a simulation published, checked. Throws `RUN_CORRUPT`. */
export function readPublished<T>(schema: z.ZodType<T>, result: JsonValue, what: string): T {
  const read = schema.safeParse(result);
  if (read.success) return read.data;
  const [{ path, message }] = read.error.issues as [z.core.$ZodIssue];
  throw new ReluctantError(
    'RUN_CORRUPT',
    `The result of single-unit ${what} can't be read: ${path.join('.')}: ${message}`,
  );
}
