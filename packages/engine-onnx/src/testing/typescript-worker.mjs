// Begins a worker thread under tests: registers what loads TypeScript, then runs the thread's own entry from its source.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
await import('../worker/main.ts');
