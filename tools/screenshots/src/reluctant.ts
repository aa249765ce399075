import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const BIN = join(ROOT, 'packages/cli/bin/reluctant.js');

/** Starts the built command as a user does, in the root of the repository. */
export function startReluctant(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** What the command prints. Rejects where it fails. */
export async function reluctant(...args: readonly string[]): Promise<string> {
  const child = startReluctant(...args);
  let printed = '';
  child.stdout!.on('data', (chunk) => (printed += chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`reluctant ${args.join(' ')} ended with ${String(code)}.`);
  return printed;
}
