import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from './testing/run-cli.js';
import { spawnCli } from './testing/spawn-cli.js';

const EXPERIMENT = JSON.stringify({
  name: 'spawned',
  dataset: { kind: 'textures', trainSize: 64, testSize: 20 },
  architecture: { kind: 'vgg', layout: [4, 'M', 8, 'M', 'M'] },
  engine: 'onnx',
  training: { epochs: 400, batchSize: 8, learningRate: 0.001 },
});

async function folderWithExperiment(): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'experiment.json'), EXPERIMENT);
  return folder;
}

/** A file system of its own with room for `kilobytes`, or a reason why there is none. */
function smallDisk(folder: string, kilobytes: number): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'pipe' });
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    return undefined;
  } catch (error) {
    return `no tmpfs can be mounted here: ${(error as Error).message}`;
  }
}

describe('the command as a process', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('finishes the step on %s, saves, and says how to go on', async (signal) => {
    const folder = await folderWithExperiment();
    const first = spawnCli(['run', 'experiment.json'], { cwd: folder });
    await first.seen(/epoch 2\/400/);
    first.child.kill(signal);
    const { code, stderr } = await first.finished;
    expect(stderr).toContain('Finishing the step and saving');
    expect(code).toBe(130);
    const resume = /Go on with: reluctant (resume \S+)/.exec(stderr)![1].split(' ');

    const second = spawnCli([...resume], { cwd: folder });
    await second.seen(/epoch \d+\/400/);
    second.child.kill(signal);
    expect((await second.finished).code).toBe(130);
    const listed = await spawnCli(['list', 'runs', '--json'], { cwd: folder }).finished;
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'spawned', status: 'interrupted', id: resume[1] }]);
  });

  it('interrupts a simulation, and does not offer to go on with what has no checkpoint', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'sim.json'), '{"simulation":{"kind":"single-unit","trials":5000,"steps":100000}}');
    const run = spawnCli(['run', 'sim.json', '--json'], { cwd: folder });
    await vi.waitFor(async () => expect(await readdir(join(folder, 'runs'))).toHaveLength(1), { timeout: 30_000 });
    run.child.kill('SIGINT');
    const { code, stdout } = await run.finished;
    expect(code).toBe(130);
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
    expect(error.code).toBe('INTERRUPTED');
    expect(error.message).toContain('run it again');
    expect(error.message).not.toContain('resume');
  });

  it('says how to go on with a run that is kept elsewhere, and shows it though it is resumed by its path', async () => {
    const folder = await folderWithExperiment();
    const run = spawnCli(['run', 'experiment.json', '--runs', 'my runs', '--set', 'training.epochs=60'], {
      cwd: folder,
    });
    await run.seen(/epoch 2\/60/);
    run.child.kill('SIGINT');
    const path = /Go on with: reluctant resume '(.*)'$/m.exec((await run.finished).stderr)![1];
    const resumed = await spawnCli(['resume', path, '--json'], { cwd: folder }).finished;
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ path, status: 'completed' });
  });

  it('leaves a record that can be read, reported and resumed when it is killed', async () => {
    const folder = await folderWithExperiment();
    const run = spawnCli(['run', 'experiment.json'], { cwd: folder });
    await run.seen(/epoch 2\/400/);
    run.child.kill('SIGKILL');
    expect((await run.finished).code).toBeNull();
    const listed = JSON.parse((await spawnCli(['list', 'runs', '--json'], { cwd: folder }).finished).stdout) as {
      id: string;
    }[];
    expect(listed).toMatchObject([{ status: 'running' }]);
    expect((await spawnCli(['report', listed[0].id], { cwd: folder }).finished).code).toBe(0);
    const resumed = spawnCli(['resume', listed[0].id], { cwd: folder });
    await resumed.seen(/epoch 3\/400/);
    resumed.child.kill('SIGINT');
    expect((await resumed.finished).code).toBe(130);
  });

  it('tells a full disk, ends with its exit code, and keeps the record up to there readable', async (context) => {
    const folder = await folderWithExperiment();
    const disk = join(folder, 'disk');
    await mkdir(disk);
    const why = smallDisk(disk, 192);
    if (why) return context.skip(why);
    const run = spawnCli(['run', 'experiment.json', '--runs', 'disk'], { cwd: folder });
    const { code, stderr } = await run.finished;
    expect(stderr).toMatch(/STORE_FAILED[\s\S]*(full|space)/i);
    expect(code).toBe(10);
    const files = await readdir(disk, { recursive: true });
    expect(files.filter((file) => file.includes('.tmp'))).toEqual([]);
    const listed = await spawnCli(['list', 'runs', '--json', '--runs', 'disk'], { cwd: folder }).finished;
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'spawned' }]);
  });

  it('survives a reader that goes away, and prints no colours where no terminal is', async () => {
    const folder = await temporaryFolder();
    const list = spawnCli(['list'], { cwd: folder, env: { NO_COLOR: undefined } });
    list.child.stdout!.destroy();
    expect((await list.finished).code).toBe(0);
    const doctor = await spawnCli(['doctor'], { cwd: folder, env: { NO_COLOR: undefined } }).finished;

    expect(doctor.stdout).not.toMatch(/\u001b\[/);
    expect(doctor.stdout).toContain('onnx');
    const failed = await spawnCli(['report', 'none'], { cwd: folder, env: { NO_COLOR: undefined, CI: 'true' } })
      .finished;
    expect(failed.stderr).toMatch(/^RUN_NOT_FOUND /);
  });

  it('trains to the end when nobody reads its progress any more', async () => {
    const folder = await folderWithExperiment();
    const run = spawnCli(['run', 'experiment.json', '--json', '--set', 'training.epochs=10'], { cwd: folder });
    await run.seen(/epoch 1\/10/);
    run.child.stderr!.destroy();
    const { code, stdout } = await run.finished;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed' });
  });

  it.skipIf(!existsSync('/dev/full'))('tells that a result could not be printed (needs /dev/full)', async () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const list = spawnCli(['list', '--json'], { cwd: await temporaryFolder(), stdout: full });
    const { code, stderr } = await list.finished;
    expect(stderr).toMatch(/^STORE_FAILED .*standard output.*\n$/);
    expect(code).toBe(10);
  });

  it.each([
    [
      ['doctor', '--json'],
      ['engines', 'datasets', 'machine', 'versions'],
    ],
    [['schema'], ['anyOf', 'title']],
  ])('%j prints one JSON document and nothing else', async (args, keys) => {
    const { code, stdout, stderr } = await spawnCli(args, { cwd: await temporaryFolder() }).finished;
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(expect.arrayContaining(keys));
    expect(stderr).toBe('');
  });
});
