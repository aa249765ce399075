import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { INTERRUPT, type JobMessage } from './job-message.js';
import type { RunningJob } from './local-scheduler.js';

const PROGRAM = join(import.meta.dirname, 'job-process.js');

/** Last characters of standard error that are told where a process ends without a word. */
const TAIL = 2000;

/** Starts the process of the job in a folder. */
export function startJobProcess(folder: string, onProgress: (share: number) => void): RunningJob {
  // Nothing that a job needs is in the flags that this process was started with.
  const child = fork(PROGRAM, [folder], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let last: JobMessage | undefined;
  let errors = '';
  child.stderr!.on('data', (chunk) => (errors = (errors + String(chunk)).slice(-TAIL)));
  child.on('message', (message) => {
    last = message as JobMessage;
    if (last.type === 'progress') onProgress(last.share);
  });
  const ended = new Promise<Exclude<JobMessage, { type: 'progress' }>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (last && last.type !== 'progress') return resolve(last);
      const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
      reject(new ReluctantError('INTERNAL', `The process of the job in ${folder} ${how}. ${errors}`.trim()));
    });
  });
  return {
    interrupt: () => void (child.connected && child.send(INTERRUPT)),
    result: ended.then((message) => {
      if (message.type === 'failed') throw new ReluctantError(message.code, message.message);
      return message.result;
    }),
  };
}
