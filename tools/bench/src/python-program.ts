import { fileURLToPath } from 'node:url';
import { ReluctantError } from '@reluctant/core';
import type { z } from 'zod';
import { ProgramProcess } from './program-process.js';

/** A program of this package in Python. */
export interface PythonProgram<V> {
  /** Its file. */
  readonly file: URL;
  /** What it says first: the versions of what it uses. */
  readonly versions: z.ZodType<V>;
  /** The library that it needs, and the package of Debian and Ubuntu that has it. */
  readonly library: string;
  readonly debianPackage: string;
  /** Environment variables besides this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** @throws ReluctantError `ENGINE_UNAVAILABLE` where Python or the library is missing: what to install */
export async function startPython<V>(
  python: string,
  { file, versions: hello, library: name, debianPackage, environment }: PythonProgram<V>,
): Promise<{ process: ProgramProcess; versions: V }> {
  try {
    const args = ['-B', fileURLToPath(file)];
    const started = await ProgramProcess.start({ command: python, args, environment, hello, name });
    return { process: started.process, versions: started.hello };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ReluctantError(
      'ENGINE_UNAVAILABLE',
      `${name} can't be started by ${python}: ${reason}. On Debian and Ubuntu: apt-get install ${debianPackage}; ` +
        'or name another Python with --python.',
      { cause: error },
    );
  }
}
