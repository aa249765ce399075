import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ReluctantError } from '@reluctant/core';
import { z } from 'zod';

const usageSchema = z.object({ cpu: z.number(), peakMemoryMiB: z.number() });
const errorSchema = z.object({ error: z.string() });

/** What is started, and what it is to say first. */
export interface Program<V> {
  readonly command: string;
  readonly args: readonly string[];
  /** Environment variables besides this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly hello: z.ZodType<V>;
  /** As people call it. */
  readonly name: string;
}

/** A program that waits, without spinning, for lines of JSON that say what to do, and answers each with a line. */
export class ProgramProcess {
  private readonly lines: AsyncIterator<string>;
  private used = { cpu: 0, peakMemoryMiB: 0 };
  private complaints = '';

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly name: string,
  ) {
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.complaints += text));
    // A child that is gone is noticed by the answer that does not come.
    child.stdin.on('error', () => undefined);
  }

  /** @throws whatever keeps it from starting, with what it said */
  static async start<V>(program: Program<V>): Promise<{ process: ProgramProcess; hello: V }> {
    const { command, args, environment, hello, name } = program;
    const child = spawn(command, args, { stdio: 'pipe', env: { ...process.env, ...environment } });
    const failure = new Promise<never>((_, reject) => child.once('error', reject));
    const started = new ProgramProcess(child, name);
    try {
      return { process: started, hello: hello.parse(await Promise.race([started.answer(), failure])) };
    } catch (error) {
      child.kill();
      throw error;
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
   * @throws ReluctantError `INTERNAL` with what the program said
   */
  async ask<T>(request: object, answer: z.ZodType<T>): Promise<T> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    try {
      return answer.parse(await this.answer());
    } catch (error) {
      throw ReluctantError.from(error, 'INTERNAL', `The comparison with ${this.name} failed`);
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
