import { spawn } from 'node:child_process';

/** What opens an address on each system: a program and what comes in front of the address. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Shows `url` in the user's browser, without a shell. */
export function openBrowser(url: string, onFailure: (reason: string) => void): void {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', (error) => onFailure(error.message));
  child.on('exit', (code) => {
    if (code) onFailure(`${program} ended with ${code}`);
  });
  child.unref();
}
