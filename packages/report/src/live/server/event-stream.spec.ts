import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { MemoryRunStore } from '@reluctant/core/testing';
import { expect, it, vi } from 'vitest';
import { EventStream } from './event-stream.js';
import { LiveRuns } from './live-runs.js';

/** A client whose connection takes what it is given as long as `takes` says so. */
function open(takes: () => boolean) {
  const response = Object.assign(new EventEmitter(), {
    writeHead: vi.fn(),
    write: vi.fn((_text: string) => takes()),
    destroy: vi.fn(),
  });
  const runs = new LiveRuns(new MemoryRunStore(), () => undefined);
  return { response, stream: new EventStream(response as unknown as ServerResponse, runs, [], undefined) };
}

it('writes nothing to a client that does not take it, and gives it up after half a minute', () => {
  const { response, stream } = open(() => false);
  const from = performance.now();
  expect(response.write).toHaveBeenCalledTimes(1);
  for (let seconds = 1; seconds < 30; seconds++) stream.tell(from + seconds * 1000);
  expect(response.write).toHaveBeenCalledTimes(1);
  expect(response.destroy).not.toHaveBeenCalled();
  stream.tell(from + 31_000);
  expect(response.destroy).toHaveBeenCalledTimes(1);
});

it('goes on when the client takes again', () => {
  let takes = false;
  const { response, stream } = open(() => takes);
  stream.tell();
  takes = true;
  response.emit('drain');
  stream.tell();
  expect(response.write.mock.calls.map(([text]) => text)).toEqual([
    'retry: 1000\n\n',
    expect.stringContaining('"type":"runs"'),
  ]);
});

it('says now and then that it is still there', () => {
  const { response, stream } = open(() => true);
  const before = response.write.mock.calls.length;
  stream.tell(performance.now() + 14_000);
  expect(response.write).toHaveBeenCalledTimes(before);
  stream.tell(performance.now() + 16_000);
  expect(response.write.mock.lastCall).toEqual([': still here\n\n']);
});
