import { join } from 'node:path';
import { z } from 'zod';
import { ProgramProcess } from '../program-process.js';
import { evaluationSchema, type FiredBatch } from '../row-answers.js';
import { RowSession } from '../row-session.js';
import type { OurOpening, OurRequest } from './our-request.js';

// Compiled, also for those who import this file from its source.
const PROGRAM = join(import.meta.dirname, '../../dist/peers/our-program.js');

/** A network of ours in a process of its own. */
export class OurSession extends RowSession {
  static async open(opening: Omit<OurOpening, 'do'>): Promise<OurSession> {
    const program = { command: process.execPath, args: [PROGRAM], name: 'ours', hello: z.object({ node: z.string() }) };
    const session = new OurSession((await ProgramProcess.start(program)).process);
    try {
      await session.ask({ do: 'open', ...opening }, z.object({}));
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async evaluate(imagesFile: string): Promise<readonly FiredBatch[]> {
    return (await this.ask({ do: 'evaluate', imagesFile }, evaluationSchema)).batches;
  }

  private ask<T>(request: OurRequest, answer: z.ZodType<T>): Promise<T> {
    return this.process.ask(request, answer);
  }
}
