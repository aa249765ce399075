import { z } from 'zod';
import type { Issue } from '../errors.js';
import { didYouMean, unknownKindMessage } from '../plugin/plugin-registry.js';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/** zod's error map for experiment files: unknown keys and kinds get the nearest spelling, the rest zod's own words. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue);
    return issue.keys.map((key) => unknownKeyMessage(key, known)).join(' ');
  }
  if (issue.code === 'invalid_union' && issue.inst instanceof z.ZodDiscriminatedUnion) {
    const kind: unknown = (issue.input as { readonly kind?: unknown } | undefined)?.kind;
    const kinds = kindsOf(issue.inst);
    if (kind === undefined) return `needs a kind. Known: ${kinds.join(', ')}.`;
    return unknownKindMessage('kind', String(kind), kinds);
  }
  return undefined;
};

function knownKeys(issue: RawIssue): readonly string[] {
  return issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
}

function kindsOf(union: z.ZodDiscriminatedUnion): readonly string[] {
  return union.options.flatMap((option) =>
    option instanceof z.ZodObject && option.shape.kind instanceof z.ZodLiteral ? [String(option.shape.kind.value)] : [],
  );
}

function unknownKeyMessage(key: string, known: readonly string[]): string {
  return [`Unknown key "${key}".`, didYouMean(key, known), known.length > 0 ? `Known: ${known.join(', ')}.` : '']
    .filter(Boolean)
    .join(' ');
}

/** zod's issues as ours: one each, with the dotted path into the file. */
export function toIssues(error: z.ZodError): readonly Issue[] {
  return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
}
