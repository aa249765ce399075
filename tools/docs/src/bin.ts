import { writeFileSync } from 'node:fs';
import { probePage } from './probe-page.js';
import { queryPage } from './query-page.js';

for (const [page, text] of Object.entries({ 'probes.md': await probePage(), 'query.md': await queryPage() })) {
  writeFileSync(new URL(`../../../docs/${page}`, import.meta.url), text);
  console.log(`Written: docs/${page}`);
}
