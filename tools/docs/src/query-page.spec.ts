import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { queryPage } from './query-page.js';

it('docs/query.md is what the sources say', async () => {
  const committed = await readFile(new URL('../../../docs/query.md', import.meta.url), 'utf8');
  expect(committed, 'docs/query.md is stale. Run `npm run docs`').toBe(await queryPage());
});
