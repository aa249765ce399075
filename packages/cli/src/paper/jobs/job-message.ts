import type { ErrorCode } from '@reluctant/core';
import type { JobResult } from './job.js';

/** What the process of a job tells the one that started it. */
export type JobMessage =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'ended'; readonly result: JobResult | 'interrupted' }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string };

/** What it is told: to save and end. */
export const INTERRUPT = 'interrupt';
