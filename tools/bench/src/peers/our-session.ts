import { join } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../clock.js';
import { ProgramProcess } from '../program-process.js';
import { evaluationSchema, stepsSchema, type FiredBatch } from '../row-answers.js';
import type { OurOpening, OurRequest } from './our-request.js';

// Compiled, also for those who import this file from its source.
const PROGRAM = join(import.meta.dirname, '../../dist/peers/our-program.js');

/** A network of ours in a process of its own. */
export class OurSession {
  private constructor(private readonly process: ProgramProcess) {}

  static async open(opening: Omit<OurOpening, 'do'>): Promise<OurSession> {
    const program = { command: process.execPath, args: [PROGRAM], name: 'ours', hello: z.object({ node: z.string() }) };
    const { process: started } = await ProgramProcess.start(program);
    const session = new OurSession(started);
    try {
      await session.ask({ do: 'open', ...opening }, z.object({}));
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  get cpu(): number {
    return this.process.cpu;
  }

  get peakMemoryMiB(): number {
    return this.process.peakMemoryMiB;
  }

  async steps(count: number): Promise<readonly Instant[]> {
    return (await this.ask({ do: 'step', steps: count }, stepsSchema)).steps;
  }

  async evaluate(imagesFile: string): Promise<readonly FiredBatch[]> {
    return (await this.ask({ do: 'evaluate', imagesFile }, evaluationSchema)).batches;
  }

  async close(): Promise<void> {
    await this.process.close();
  }

  private ask<T>(request: OurRequest, answer: z.ZodType<T>): Promise<T> {
    return this.process.ask(request, answer);
  }
}
