import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ReluctantError } from '@reluctant/core';
import { z } from 'zod';

const usageSchema = z.object({ cpu: z.number(), peakMemoryMiB: z.number() });
const errorSchema = z.object({ error: z.string() });

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

/** A Python program that waits, without spinning, for lines of JSON that say what to do. */
export class PythonProcess {
  private readonly lines: AsyncIterator<string>;
  private used = { cpu: 0, peakMemoryMiB: 0 };
  private complaints = '';

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly library: string,
  ) {
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.complaints += text));
    // A child that is gone is noticed by the answer that does not come.
    child.stdin.on('error', () => undefined);
  }

  /** @throws ReluctantError `ENGINE_UNAVAILABLE` where Python or the library is missing: what to install */
  static async start<V>(
    python: string,
    { file, versions: schema, library, debianPackage, environment }: PythonProgram<V>,
  ): Promise<{ process: PythonProcess; versions: V }> {
    const child = spawn(python, ['-B', fileURLToPath(file)], {
      stdio: 'pipe',
      env: { ...process.env, ...environment },
    });
    const failure = new Promise<never>((_, reject) => child.once('error', reject));
    const started = new PythonProcess(child, library);
    try {
      const versions = schema.parse(await Promise.race([started.answer(), failure]));
      return { process: started, versions };
    } catch (error) {
      child.kill();
      const reason = error instanceof Error ? error.message : String(error);
      throw new ReluctantError(
        'ENGINE_UNAVAILABLE',
        `${library} can't be started by ${python}: ${reason}. On Debian and Ubuntu: apt-get install ${debianPackage}; ` +
          'or name another Python with --python.',
        { cause: error },
      );
    }
  }

  /** Processor time used up to the latest answer, in milliseconds, all threads together. */
  get cpu(): number {
    return this.used.cpu;
  }

  /** Largest resident memory up to the latest answer. */
  get peakMemoryMiB(): number {
    return this.used.peakMemoryMiB;
  }

  /**
   * Requests must not overlap.
   * @throws ReluctantError `INTERNAL` with what Python said
   */
  async ask<T>(request: object, answer: z.ZodType<T>): Promise<T> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    try {
      return answer.parse(await this.answer());
    } catch (error) {
      throw ReluctantError.from(error, 'INTERNAL', `The comparison with ${this.library} failed`);
    }
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin.end();
    await ended;
  }

  private async answer(): Promise<unknown> {
    const { done, value } = await this.lines.next();
    if (done) throw new Error(this.complaints.trim().split('\n').at(-1) || 'it ended without an answer');
    const message: unknown = JSON.parse(value);
    const failed = errorSchema.safeParse(message);
    if (failed.success) throw new Error(failed.data.error);
    this.used = usageSchema.parse(message);
    return message;
  }
}
