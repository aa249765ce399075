import { resolve } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { isLoopback, startLiveServer, type LiveServer } from '@reluctant/report';
import { createRunStore } from '@reluctant/store';
import type { CommandContext } from '../commands/command-context.js';
import { onInterrupt } from '../interrupt.js';
import { plainLines } from '../output/plain-text.js';
import { openBrowser } from './open-browser.js';

/** Options of the commands that serve. */
export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly allowRemote: boolean;
  readonly open: boolean;
}

/**
 * Serves the runs of a folder while `body` does its work, and tells where.
 * @throws `USAGE` where the address is open to other machines and that was not asked for, `SERVER_FAILED`, what `body` throws
 */
export async function whileServing<T>(
  { output }: CommandContext,
  folder: string,
  { host, port, allowRemote, open }: ServeOptions,
  body: (server: LiveServer) => Promise<T>,
): Promise<T> {
  requireAllowed(host, allowRemote);
  const warn = (text: string) => output.note(plainLines(text));
  if (!isLoopback(host)) {
    warn(`Warning: everybody who can reach ${host} can see these runs. There is no password.`);
  }
  const root = resolve(folder);
  const store = createRunStore({ root, onWarning: warn });
  const server = await startLiveServer({ store, host, port, onWarning: warn });
  try {
    if (open) openBrowser(server.url, (reason) => warn(`No browser can be opened (${reason}). Go to ${server.url}`));
    return await body(server);
  } finally {
    await server.close();
  }
}

/** Resolves on the first Ctrl-C, or SIGTERM. */
export async function untilInterrupted(tell: (text: string) => void): Promise<void> {
  const { signal, dispose } = onInterrupt(tell, 'Closing.');
  try {
    if (!signal.aborted) await new Promise((done) => signal.addEventListener('abort', done));
  } finally {
    dispose();
  }
}

function requireAllowed(host: string, allowRemote: boolean): void {
  if (isLoopback(host) || allowRemote) return;
  throw new ReluctantError(
    'USAGE',
    `${host} can be reached from other machines, and there is no password. If that is meant, add --allow-remote.`,
  );
}
