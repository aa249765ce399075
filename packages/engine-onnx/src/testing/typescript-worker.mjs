// Begins a session's thread from the sources, as tests do.
import './register-typescript.mjs';

await import('../worker/main.ts');
