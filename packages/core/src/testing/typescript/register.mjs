// Makes Node able to load the TypeScript sources of this repository: for what tests of any package start outside of vitest, by
// `import` in a worker thread or `node --import`. It is no part of the published package, which has no sources to load.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
