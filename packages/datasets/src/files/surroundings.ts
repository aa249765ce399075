import { homedir } from 'node:os';
import { join, resolve, isAbsolute } from 'node:path';

/** What the search for data depends on outside of the options. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The working folder. */
  readonly cwd: string;
}

/** Those of this process. */
export function processSurroundings(): Surroundings {
  return { env: process.env, home: homedir(), cwd: process.cwd() };
}

/**
 * Where downloads are kept: `$RELUCTANT_CACHE`, else `reluctant` in the user's cache folder, which is `$XDG_CACHE_HOME` or
 * `~/.cache` (XDG Base Directory Specification 0.8; a relative `$XDG_CACHE_HOME` is ignored, as it demands).
 */
export function cacheFolder({ env, home, cwd }: Surroundings): string {
  if (env.RELUCTANT_CACHE) return resolve(cwd, env.RELUCTANT_CACHE);
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'reluctant');
}
