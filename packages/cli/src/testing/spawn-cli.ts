import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const BIN = join(import.meta.dirname, '../../bin/reluctant.js');

export interface SpawnedCli {
  readonly child: ChildProcess;
  /** Resolves with the exit code (null: killed by a signal) and all that was printed. */
  readonly finished: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  /** Resolves when the text has appeared on standard error, with what matched. */
  seen(text: string | RegExp): Promise<RegExpExecArray>;
}

/** Starts the built command as a user does, in a process of its own, its output read here or sent to the open file `stdout`. `npm test` builds before it tests. */
export function spawnCli(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly stdout?: number },
): SpawnedCli {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: options.cwd,
    stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1', ...options.env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout?.on('data', (chunk) => (stdout += chunk));
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
    for (const watch of watchers) watch();
  });
  const finished = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    child,
    finished,
    seen: (text) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          const match = new RegExp(text).exec(stderr);
          if (!match) return;
          watchers.delete(watch);
          resolve(match);
        };
        watchers.add(watch);
        watch();
        void finished.then(() => reject(new Error(`It ended without printing ${String(text)}:\n${stderr}`)));
      }),
  };
}
