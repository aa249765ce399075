import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './testing/run-cli.js';
import { spawnCli } from './testing/spawn-cli.js';
import { CHROMIUM, launchBrowser, watchedPage, WITHOUT_BROWSER } from './testing/watched-page.js';

const EXPERIMENT = JSON.stringify({
  name: 'at work',
  dataset: { kind: 'textures', trainSize: 64, testSize: 20 },
  architecture: { kind: 'vgg', layout: [4, 'M', 8, 'M', 'M'] },
  engine: 'onnx',
  training: { epochs: 5000, batchSize: 8, learningRate: 0.001 },
});
/** What a browser says of a server that is gone. */
const OF_RESTART = /net::ERR_/;

describe.skipIf(WITHOUT_BROWSER)(`the live page while a run goes on (needs ${CHROMIUM})`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it('shows it when it appears, follows it through a reload and a restart of the server, and tells its end', async () => {
    const cwd = await temporaryFolder();
    await mkdir(join(cwd, 'runs'));
    await writeFile(join(cwd, 'experiment.json'), EXPERIMENT);
    const port = await freePort();
    const serve = async () => {
      const server = spawnCli(['serve', 'runs', '--port', String(port)], { cwd });
      await server.seen('Shows the runs');
      return server;
    };
    const server = await serve();
    const { page, complaints } = await watchedPage(browser);
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.getByText('There are no runs').waitFor();

    const run = spawnCli(['run', 'experiment.json'], { cwd });
    await page.getByRole('link', { name: 'at work' }).click();
    await page.getByText('running', { exact: true }).waitFor();
    const charts = page.locator('.plot[data-drawn]');
    await charts.nth(1).waitFor();
    await progressBeyond(page, await epochOf(page));

    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'at work' }).waitFor();
    await charts.nth(1).waitFor();
    expect(complaints).toEqual([]);

    server.child.kill('SIGTERM');
    await page.getByText('reconnecting …').waitFor();
    expect((await server.finished).code).toBe(0);
    const before = await epochOf(page);
    await serve();
    await page.getByText('live', { exact: true }).waitFor();
    await progressBeyond(page, before);
    const told = await page.locator('figcaption').first().innerText();
    await expect.poll(() => page.locator('figcaption').first().innerText(), { timeout: 10_000 }).not.toBe(told);

    run.child.kill('SIGINT');
    await page.getByText('interrupted', { exact: true }).waitFor();
    expect((await run.finished).code).toBe(130);
    expect(complaints.filter((text) => !OF_RESTART.test(text))).toEqual([]);
  });
});

async function epochOf(page: Page): Promise<number> {
  const told = await page.locator('.progress-text').innerText();
  return Number(/epoch ([\d.]+)/.exec(told)?.[1] ?? -1);
}

async function progressBeyond(page: Page, epoch: number): Promise<void> {
  await expect.poll(() => epochOf(page), { timeout: 20_000 }).toBeGreaterThan(epoch);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
