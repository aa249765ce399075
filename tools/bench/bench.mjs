#!/usr/bin/env node
// `npm run bench`: builds what has changed, then measures it. A stale build would measure yesterday's code.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const build = spawnSync('npx', ['--no-install', 'nx', 'build', '@reluctant/bench', '--output-style=static'], {
  cwd: root,
  env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  // Standard output is the measurement's alone, so that `--json` can be piped.
  stdio: ['ignore', 'pipe', 'pipe'],
  encoding: 'utf8',
  // Only Windows needs a shell to find npx.
  shell: process.platform === 'win32',
});
if (build.status === 0) {
  await import('./dist/bin.js');
} else {
  console.error(build.error?.message ?? `${build.stdout}${build.stderr}`);
  console.error('The build failed: see above.');
  process.exitCode = 1;
}
