#!/usr/bin/env node
import { main } from './program.js';

// A reader that went away (`reluctant list | head -1`) is no defect.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));
