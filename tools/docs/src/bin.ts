import { writeFileSync } from 'node:fs';
import { probePage } from './probe-page.js';

const page = new URL('../../../docs/probes.md', import.meta.url);
writeFileSync(page, await probePage());
console.log('Written: docs/probes.md');
