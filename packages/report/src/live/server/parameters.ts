import { z } from 'zod';
import { HttpFailure } from './http-failure.js';

const siteSchema = z.string().min(1).max(1000);
const unitSchema = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

export const noParameters = z.strictObject({});
export const siteParameters = z.strictObject({ site: siteSchema });
export const unitParameters = z.strictObject({ site: siteSchema, unit: unitSchema });

/** At most so many runs are watched by one page. */
const MOST_RUNS = 100;

export const eventParameters = z.strictObject({
  /** Still encoded, as an id may hold a comma. */
  runs: z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',').map(decode)))
    .pipe(z.array(z.string().min(1)).max(MOST_RUNS))
    .default([]),
  after: z.string().max(10_000).optional(),
});

/** The parameters of a query. Throws 400 naming those that are wrong, missing, repeated or not known. */
export function readParameters<S extends z.ZodType>(schema: S, query: string, raw: readonly string[] = []): z.infer<S> {
  const given: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const part of query.split('&').filter((one) => one !== '')) {
    const [name = '', value = ''] = part.split(/=(.*)/s);
    const key = decodeParameter(name);
    if (key in given) throw wrong(`${key} is given twice`);
    given[key] = raw.includes(key) ? value : decodeParameter(value);
  }
  const parsed = schema.safeParse({ ...given });
  if (parsed.success) return parsed.data;
  throw wrong(parsed.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; '));
}

/** Throws 400 for what is not encoded rightly. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('the address is not encoded rightly');
  }
}

function decodeParameter(text: string): string {
  return decode(text.replaceAll('+', ' '));
}

function wrong(problem: string): HttpFailure {
  return new HttpFailure(400, 'USAGE', `This can't be answered: ${problem}.`);
}
