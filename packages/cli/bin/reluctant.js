#!/usr/bin/env node
// The command's entry, here before anything is built so that an install can link it.
import { existsSync } from 'node:fs';

const built = new URL('../dist/bin.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  console.error('Reluctant is not built yet. In a clone, run `npm run build` first.');
  process.exitCode = 1;
}
