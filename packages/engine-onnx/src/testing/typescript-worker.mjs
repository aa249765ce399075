// Begins a session's thread from the sources, as tests do.
import '@reluctant/core/testing/typescript';

await import('../worker/main.ts');
