import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunStore } from '@reluctant/store';
import { expect, it } from 'vitest';
import { liveSettingsSchema } from './live-settings.js';
import { watchGrowingRun } from './watch-growing-run.js';

/** Watches a run for 0.1 s at a server that answers like this, and knows nothing of its processor. */
async function watch(answer: RequestListener) {
  const root = await mkdtemp(join(tmpdir(), 'reluctant-bench-'));
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const settings = { ...liveSettingsSchema.parse({}), seconds: 0.1 };
  try {
    return await watchGrowingRun(createRunStore({ root }), { url, cpuSeconds: () => undefined }, settings);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(root, { recursive: true });
  }
}

const event = (step: number) => `data: {"type":"steps","run":"growing","progress":{"step":${step}}}\n\n`;

it.each<[string, RequestListener, RegExp]>([
  ['refuses', (_, response) => response.writeHead(503).end(), /: 503$/],
  ['ends its answer', (_, response) => response.end(event(1)), /the server ended its answer$/],
  ['breaks off', (_, response) => void response.write(event(1), () => response.destroy()), /terminated/],
])('says that the server %s', async (_, answer, message) => {
  await expect(watch(answer)).rejects.toThrow(message);
});

it('leaves the steps until the run was found out of its delays, and waits for a server that lags behind', async () => {
  let step = 0;
  const told = await watch((_, response) => {
    // A tenth of the rate at which steps are recorded.
    const timer = setInterval(() => response.write(event(++step)), 100);
    response.on('close', () => clearInterval(timer));
  });
  expect(told.events).toBeGreaterThan(0);
  expect(told.events).toBeLessThan(step);
  expect(told.delay.minimum).toBeGreaterThan(0);
  expect(told.cores).toBeUndefined();
});
