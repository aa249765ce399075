import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { followConformance } from '@reluctant/core/testing';
import { expect, it } from 'vitest';
import { description, record, step } from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { createRunStore } from './file-run-store.js';
import { followLog } from './follow-log.js';
import { toLogEntry, type LogBatch, type LogEntry } from '@reluctant/core';

followConformance('files', () => createRunStore({ root: temporaryFolder() }));

async function nextOf(batches: AsyncIterator<LogBatch>): Promise<LogBatch> {
  const { value, done } = await batches.next();
  if (done) throw new Error('The iteration has ended.');
  return value as LogBatch;
}

it('gives a long log in parts, which are together all of it', async () => {
  const store = createRunStore({ root: temporaryFolder() });
  const { writer } = await store.create(description);
  const events = Array.from({ length: 10_000 }, (_, index) => step(index + 1));
  await record(writer, events);
  await writer.close();
  const entries: LogEntry[] = [];
  let batches = 0;
  for await (const batch of (await store.open(writer.id)).follow()) {
    batches++;
    entries.push(...batch.entries);
    expect(batch.seq).toBe(batch.entries.at(-1)!.seq);
    if (batch.complete) break;
  }
  expect(batches).toBeGreaterThan(1);
  expect(entries).toStrictEqual(events.map(toLogEntry));
});

it('waits for the rest of a line that is half written', async () => {
  const path = join(temporaryFolder(), 'events.jsonl');
  const line = JSON.stringify(step(1));
  await writeFile(path, line.slice(0, 30));
  const abort = new AbortController();
  const batches = followLog(path, { signal: abort.signal })[Symbol.asyncIterator]();
  expect(await nextOf(batches)).toEqual({ entries: [], seq: 0, rewound: false, complete: true });
  await appendFile(path, `${line.slice(30)}\n${JSON.stringify(step(2)).slice(0, 10)}`);
  expect(await nextOf(batches)).toEqual({ entries: [step(1)], seq: 1, rewound: false, complete: true });
  abort.abort();
  expect((await batches.next()).done).toBe(true);
});

it('begins with nothing where no log is yet', async () => {
  const path = join(temporaryFolder(), 'events.jsonl');
  const batches = followLog(path, {})[Symbol.asyncIterator]();
  expect(await nextOf(batches)).toMatchObject({ entries: [], seq: 0 });
  await writeFile(path, `${JSON.stringify(step(1))}\n`);
  expect(await nextOf(batches)).toMatchObject({ entries: [step(1)], seq: 1 });
  await batches.return(undefined);
});

it.each([
  ['is not an event', ['{"seq":1,"time":"","type":"step.completed"}', 'garbage', '']],
  ['comes after event 2', ['{"seq":2,"type":"a"}', '{"seq":1,"type":"a"}', '']],
])('refuses a log with a line that %s', async (problem, lines) => {
  const path = join(temporaryFolder(), 'events.jsonl');
  await writeFile(path, lines.join('\n'));
  const message = expect.stringContaining(problem);
  await expect(nextOf(followLog(path, {}))).rejects.toMatchObject({ code: 'RUN_CORRUPT', message });
});
