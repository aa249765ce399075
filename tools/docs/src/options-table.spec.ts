import { expect, it } from 'vitest';
import { z } from 'zod';
import { optionRows } from './options-table.js';

const rowOf = (schema: z.ZodType) => {
  const [{ type, byDefault }] = optionRows(z.strictObject({ option: schema }));
  return [type, byDefault];
};

it.each<[z.ZodType, string, string]>([
  [z.number().gt(0).max(1).default(0.5), 'number in (0, 1]', '`0.5`'],
  [z.number().min(0).lt(1), 'number in [0, 1)', 'required'],
  [z.number().gt(0).optional(), 'number > 0', 'none'],
  [z.number().max(2), 'number ≤ 2', 'required'],
  [z.number(), 'number', 'required'],
  [z.int().min(1).default(3), 'integer ≥ 1', '`3`'],
  [z.int(), 'integer', 'required'],
  [z.boolean().default(false), '`true`, `false`', '`false`'],
  [z.enum(['a', 'b']).default('a'), '`a`, `b`', '`a`'],
  [z.union([z.literal('all'), z.array(z.string())]).default('all'), '`all`, or list of text', '`all`'],
  [z.tuple([z.number(), z.number()]).default([0, 1]), '[number, number]', '`[0,1]`'],
  [z.strictObject({ low: z.number().min(0), high: z.number() }), '{ `low`: number ≥ 0; `high`: number }', 'required'],
  [z.record(z.string(), z.number()), 'object', 'required'],
  [z.custom(() => true), 'any', 'required'],
])('%#: %o', (schema, type, byDefault) => {
  expect(rowOf(schema)).toEqual([type, byDefault]);
});

it('keeps names, meanings and order', () => {
  const schema = z.strictObject({ b: z.number().describe('the first'), a: z.number() });
  expect(optionRows(schema)).toMatchObject([
    { name: 'b', meaning: 'the first' },
    { name: 'a', meaning: '' },
  ]);
});
