import { readdir, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { EXIT_CODES } from '@reluctant/core';
import type { RunReport, UnitImages } from '@reluctant/report';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli, temporaryFolder } from './testing/run-cli.js';
import { spawnCli, type SpawnedCli } from './testing/spawn-cli.js';

const EXPERIMENT = JSON.stringify({
  name: '<script>alert("../../etc/passwd")</script> 🧠',
  dataset: { kind: 'textures', trainSize: 64, testSize: 20 },
  architecture: { kind: 'vgg', layout: [4, 'M', 8, 'M', 'M'] },
  engine: 'onnx',
  training: { epochs: 400, batchSize: 8, learningRate: 0.001 },
});

interface Run {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly alive: boolean;
  readonly progress: { readonly epoch: number; readonly secondsLeft: number | null } | null;
}

async function folderWithExperiment(): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'experiment.json'), EXPERIMENT);
  return folder;
}

async function addressOf(cli: SpawnedCli): Promise<string> {
  return (await cli.seen(/at (http:\S+)/))[1]!;
}

async function get<T>(url: string, path: string): Promise<T> {
  return (await (await fetch(`${url}api/${path}`)).json()) as T;
}

const runsAt = async (url: string) => (await get<{ runs: readonly Run[] }>(url, 'runs')).runs;

/** The first event of a stream that contains `text`, and the id that it ends with. */
async function eventOf(
  url: string,
  query: string,
  text: string | RegExp,
  lastId?: string,
): Promise<{ id: string; event: string }> {
  const headers: Record<string, string> = lastId === undefined ? {} : { 'Last-Event-ID': lastId };
  const response = await fetch(`${url}api/events?${query}`, { headers });
  let told = '';
  for await (const chunk of response.body!) {
    told += new TextDecoder().decode(chunk as Uint8Array);
    const event = told.split('\n\n').find((one) => one.search(text) >= 0);
    const id = /^id: (.+)$/m.exec(told)?.[1];
    if (event === undefined || id === undefined) continue;
    return { id, event };
  }
  throw new Error(`The stream ended without ${String(text)}.`);
}

describe('serve', () => {
  it('shows a run that appears, grows, is killed and goes on, also when it is started anew', async () => {
    const folder = await folderWithExperiment();
    const first = spawnCli(['serve', '--port', '0'], { cwd: folder });
    const url = await addressOf(first);
    expect(await runsAt(url)).toEqual([]);

    const run = spawnCli(['run', 'experiment.json'], { cwd: folder });
    await run.seen(/epoch 2\/400/);
    await expect.poll(async () => (await runsAt(url))[0]?.progress?.epoch ?? 0, { timeout: 20_000 }).toBeGreaterThan(1);
    const [growing] = await runsAt(url);
    expect(growing).toMatchObject({ name: JSON.parse(EXPERIMENT).name, status: 'running', alive: true });
    expect(growing!.progress!.secondsLeft).toBeGreaterThan(0);
    const { id } = growing!;
    expect((await eventOf(url, `runs=${id}`, '"type":"steps"')).event).toContain(id);

    run.child.kill('SIGKILL');
    await run.finished;
    await expect.poll(async () => (await runsAt(url))[0], { timeout: 20_000 }).toMatchObject({ status: 'running', alive: false }); // prettier-ignore
    const { id: seen } = await eventOf(url, `runs=${id}`, '"type":"runs"');
    first.child.kill('SIGINT');
    expect(await first.finished).toMatchObject({ code: 0 });

    const second = spawnCli(['serve', join(folder, 'runs'), '--port', '0'], { cwd: folder });
    const again = await addressOf(second);
    const resumed = spawnCli(['resume', id], { cwd: folder });
    await resumed.seen(/epoch \d+\/400/);
    // The resume went back to a checkpoint: either what was seen is gone, or nothing came after it.
    expect((await eventOf(again, `runs=${id}`, /"what":"(everything|status)"/, seen)).event).toContain(id);
    expect(await runsAt(again)).toMatchObject([{ id, alive: true }]);
    resumed.child.kill('SIGINT');
    await resumed.finished;
    await expect.poll(async () => (await runsAt(again))[0], { timeout: 20_000 }).toMatchObject({ status: 'interrupted', alive: false }); // prettier-ignore
    second.child.kill('SIGTERM');
    expect((await second.finished).code).toBe(0);
  });

  it('tells programs where it is, and what is wrong with an address', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await new Promise((resolve) => taken.on('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const folder = await temporaryFolder();
    const failed = await runCli(folder, '--json', 'serve', '--port', String(port));
    expect(failed.code).toBe(EXIT_CODES.SERVER_FAILED);
    expect(JSON.parse(failed.stdout)).toMatchObject({ error: { code: 'SERVER_FAILED', message: expect.stringContaining('--port 0') } }); // prettier-ignore
    for (const [args, message] of [
      [['--host', '0.0.0.0'], '--allow-remote'],
      [['--host', '::'], '--allow-remote'],
      [['--port', '65536'], '65535'],
      [['--port', '-1'], '65535'],
      [[join(folder, 'none')], 'There is no folder'],
    ] as const) {
      const { code, stderr } = await runCli(folder, 'serve', ...args);
      expect({ code, stderr }).toEqual({ code: EXIT_CODES.USAGE, stderr: expect.stringContaining(message) });
    }
    const served = spawnCli(['serve', '--port', '0', '--json'], { cwd: folder });
    const url = await addressOf(served);
    served.child.kill('SIGINT');
    const { code, stdout } = await served.finished;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ url, port: Number(new URL(url).port) });
  });
});

describe('run --watch', () => {
  const SHORT = ['--set', 'training.epochs=3', '--json'];

  it('serves while it trains, does not wait for who watches, and stays until Ctrl-C', async () => {
    const folder = await folderWithExperiment();
    const run = spawnCli(['run', 'experiment.json', '--watch', ...SHORT], { cwd: folder });
    const url = await addressOf(run);
    const stalled = connect(Number(new URL(url).port), '127.0.0.1').pause();
    onTestFinished(() => void stalled.destroy());
    stalled.write('GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await run.seen('The page stays at');
    await expect.poll(async () => (await runsAt(url))[0], { timeout: 20_000 }).toMatchObject({ status: 'completed', alive: false, progress: { epoch: 3 } }); // prettier-ignore
    const [shown] = await runsAt(url);
    const query = `runs/${shown!.id}/unit-images?site=${encodeURIComponent('relu1')}&unit=0`;
    const images = await get<UnitImages>(url, query);
    expect(images.filter).toMatchObject({ width: 3, height: 3 });
    run.child.kill('SIGINT');
    const { code, stdout } = await run.finished;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', watched: { url }, summary: {} as RunReport });
  });

  it('ends with the run where that is wanted, and with an interrupted run', async () => {
    const folder = await folderWithExperiment();
    const short = await spawnCli(['run', 'experiment.json', '--exit', ...SHORT], { cwd: folder }).finished;
    expect(short).toMatchObject({ code: 0, stderr: expect.stringContaining('Watch it at') });
    const long = spawnCli(['run', 'experiment.json', '--watch'], { cwd: folder });
    await long.seen(/epoch 2\/400/);
    long.child.kill('SIGINT');
    expect((await long.finished).code).toBe(EXIT_CODES.INTERRUPTED);
    expect(await readdir(join(folder, 'runs'))).toHaveLength(2);
  });
});
