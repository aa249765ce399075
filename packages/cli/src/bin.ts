#!/usr/bin/env node
import { EXIT_CODES } from '@reluctant/core';
import { main } from './program.js';

// A reader that went away (`reluctant list | head -1`) is no defect; a result that can't be written (a full disk) is a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`STORE_FAILED The result can't be written to standard output: ${error.message}\n`);
  process.exit(EXIT_CODES.STORE_FAILED);
});
// A run does not end because nobody listens to its progress any more.
process.stderr.on('error', () => undefined);

process.exitCode = await main(process.argv.slice(2));
