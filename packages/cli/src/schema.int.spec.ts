import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from '@reluctant/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { exampleExperiments, EXAMPLES } from './testing/example-experiments.js';
import { runCli, temporaryFolder } from './testing/run-cli.js';

/** The printed schema, compiled by a JSON Schema validator that knows nothing of zod. */
async function validator() {
  const { stdout } = await runCli(await temporaryFolder(), 'schema');
  return new Ajv2020({ strict: false }).compile(JSON.parse(stdout) as object);
}

describe('the printed JSON Schema', () => {
  it('takes every example', async () => {
    const validate = await validator();
    for (const file of await exampleExperiments()) {
      const document = parseDocument(await readFile(join(EXAMPLES, file), 'utf8'), file);
      expect(validate(document), `${file}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  it.each([
    ['an unknown key', { architecture: 'vgg', trainin: {} }],
    ['an unknown option', { architecture: { kind: 'vgg', widht: 1 } }],
    ['an unknown kind', { architecture: 'vgh' }],
    ['a wrong type', { architecture: 'vgg', training: { epochs: 'ten' } }],
    ['a simulation with training', { simulation: 'single-unit', training: {} }],
  ])('refuses %s', async (_, document) => {
    expect((await validator())(document)).toBe(false);
  });
});
