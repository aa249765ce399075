import type { z } from 'zod';
import { ReluctantError, type Issue } from '../errors.js';
import { describeIssue, toIssues } from './describe-issue.js';

/**
 * Checks a document against a schema and fills in its defaults.
 * @param source name of the file, for messages
 * @throws `CONFIG_INVALID` with all issues together; `PLUGIN_UNKNOWN` where every issue is a kind that is not known
 */
export function validateDocument<T>(schema: z.ZodType<T>, document: unknown, source: string): T {
  const result = schema.safeParse(document, { error: describeIssue });
  if (result.success) return result.data;
  const issues = toIssues(result.error);
  throw new ReluctantError(
    onlyUnknownKinds(result.error) ? 'PLUGIN_UNKNOWN' : 'CONFIG_INVALID',
    messageFor(source, issues),
    { issues },
  );
}

function onlyUnknownKinds(error: z.ZodError): boolean {
  return error.issues.every((issue) => issue.code === 'invalid_union' && issue.path.at(-1) === 'kind');
}

function messageFor(source: string, issues: readonly Issue[]): string {
  const lines = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  if (lines.length === 1) return `${source}: ${lines[0]}`;
  return `${source} has ${lines.length} problems:\n${lines.map((line) => `  - ${line}`).join('\n')}`;
}
