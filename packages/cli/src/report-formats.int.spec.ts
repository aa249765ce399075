import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './testing/run-cli.js';

interface Charts {
  readonly charts: readonly { readonly id: string; readonly title: string; readonly file?: string }[];
}

describe('reluctant report', () => {
  let folder: string;
  let run: string;
  let runPath: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reluctant-cli-'));
    const file = join(folder, 'tiny.yaml');
    await writeFile(
      file,
      [
        'name: "../../<b>tiny</b>"',
        'dataset: { kind: textures, trainSize: 40, testSize: 20 }',
        'architecture: { kind: vgg, layout: [4, M], batchNorm: false }',
        'training: { epochs: 2, batchSize: 20 }',
      ].join('\n'),
    );
    const { code, stdout } = await runCli(folder, '--json', '--quiet', 'run', file);
    expect(code).toBe(0);
    ({ id: run, path: runPath } = JSON.parse(stdout) as { id: string; path: string });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const report = async (...args: string[]) => {
    const { code, stdout } = await runCli(folder, '--json', '--quiet', 'report', run, ...args);
    expect(code).toBe(0);
    return JSON.parse(stdout) as Charts & { readonly report: string };
  };

  it('lists the charts', async () => {
    const { charts } = await report('--chart', 'help');
    expect(charts.map(({ title }) => title)).toEqual(expect.arrayContaining(['Loss', 'Pr[y>0] by depth']));
    const { stdout } = await runCli(folder, 'report', run, '--chart', 'help');
    for (const { id } of charts) expect(stdout).toContain(id);
  });

  it.each([
    ['svg', '<svg'],
    ['png', '\u0089PNG'],
    ['csv', 'epochs,training loss'],
  ])('writes a %s of each chart into a folder', async (format, start) => {
    const out = join(folder, 'made', 'on demand', format);
    const { charts } = await report('--format', format, '--out', out);
    const { charts: known } = await report('--chart', 'help');
    expect(charts.map(({ id }) => id)).toEqual(known.map(({ id }) => id));
    expect((await readdir(out)).sort()).toEqual(charts.map(({ file }) => basename(file!)).sort());
    const loss = charts.find(({ title }) => title === 'Loss')!;
    expect((await readFile(loss.file!, 'latin1')).startsWith(start)).toBe(true);
  });

  it('writes one chart, beside the record unless told otherwise', async () => {
    const { charts } = await report('--format', 'svg', '--chart', 'loss');
    expect(charts.map(({ file }) => file)).toEqual([join(runPath, 'charts', `run-${run}.loss.svg`)]);
  });

  it('writes Markdown whose links lead to files', async () => {
    const { report: file } = await report('--format', 'md', '--out', join(folder, 'a report.md'));
    const text = await readFile(file, 'utf8');
    expect(text).toContain('\\<b>tiny\\</b>');
    const links = [...text.matchAll(/\]\((a%20report-charts\/[^)]*)\)/g)].map(([, link]) => decodeURI(link));
    const charts = (await report('--chart', 'help')).charts.length;
    expect(links).toHaveLength(2 * charts);
    for (const link of links) expect((await readFile(join(folder, link))).length).toBeGreaterThan(10);
  });

  it.each([
    [['--format', 'svg', '--chart', 'nothing'], /no chart "nothing"[^]*\.loss\n/],
    [['--chart', 'loss'], /add --format svg, png, csv/],
    [['--format', 'svg', '--scale', '2'], /--scale is for --format png/],
    [['--format', 'png', '--scale', '0'], /from 0\.25 to 10/],
    [['--format', 'pdf'], /html, md, svg, png, csv/],
  ])('refuses %j and says what to do', async (args, message) => {
    const { code, stderr } = await runCli(folder, 'report', run, ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it('says where nothing can be written', async () => {
    const occupied = join(folder, 'occupied');
    await writeFile(occupied, '');
    const { code, stderr } = await runCli(folder, 'report', run, '--format', 'csv', '--out', join(occupied, 'charts'));
    expect([code, stderr]).toEqual([10, expect.stringContaining('STORE_FAILED No folder for charts can be made')]);
  });
});
