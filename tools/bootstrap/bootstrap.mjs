#!/usr/bin/env node
// What `npm start` and `npm test` run. Needs nothing but Node: on a fresh clone it installs and builds first.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { summarizeTests } from './summarize-tests.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [task, ...rest] = process.argv.slice(2);

requireNode(20, 19);
installWhereNeeded();
if (task === 'start') start(rest);
else if (task === 'test') await test(rest);
else fail(`Unknown task "${task}". Known: start, test.`);

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  fail(`Node ${major}.${minor} or newer is needed; this is ${process.versions.node}.`);
}

/** `npm ci` unless what is installed is at least as new as the lock file. */
function installWhereNeeded() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error('Installing dependencies …');
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
}

function start(args) {
  console.error('Building …');
  nx(['build'], { quiet: true });
  process.exit(run('node', [join('packages', 'cli', 'bin', 'reluctant.js'), 'quickstart', ...args], { mayFail: true }));
}

async function test(args) {
  const status = nx(['build', 'lint', 'test'], { mayFail: true, args });
  // Of all packages at once: one by one, each would check again what it imports.
  const checks = await Promise.all([
    runBeside('npm', ['run', '--silent', 'typecheck']),
    runBeside('npx', ['--no-install', 'prettier', '--check', '--log-level', 'warn', '.']),
  ]);
  const { passed, failed, skipped } = summarizeTests(root);
  const checksFailed = status !== 0 || checks.some((check) => check !== 0);
  if (checksFailed && failed === 0) console.error('\nA build, lint, format or type check failed: see above.');
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exit(checksFailed || failed > 0 || passed === 0 ? 1 : 0);
}

/** Runs nx targets of all projects; `--keep-going` tells every failure, not only the first. */
function nx(targets, { quiet = false, mayFail = false, args = [] } = {}) {
  const options = ['--output-style=static', '--nx-bail=false', ...args];
  return run('npx', ['--no-install', 'nx', 'run-many', '-t', ...targets, ...options], {
    quiet,
    mayFail,
    env: { NX_DAEMON: 'false', NX_TUI: 'false' },
  });
}

/** Runs a command in the root. Quiet: its output is shown only where it fails. */
function run(command, args, { quiet = false, mayFail = false, env = {} } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // Only Windows needs a shell to find npm and npx.
    shell: process.platform === 'win32',
  });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  const status = result.status ?? 1;
  if (status !== 0 && !mayFail) {
    if (quiet) process.stderr.write(`${result.stdout}${result.stderr}`);
    fail(`\`${command} ${args.join(' ')}\` failed.`, status);
  }
  return status;
}

/** The exit status of a command that runs in the root beside others. */
function runBeside(command, args) {
  return new Promise((resolve) => {
    spawn(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
      .on('error', (error) => fail(`${command} could not be started: ${error.message}`))
      .on('exit', (status) => resolve(status ?? 1));
  });
}

function fail(message, status = 1) {
  console.error(message);
  process.exit(status);
}
