import { existsSync } from 'node:fs';

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  composePaperReport,
  composeReport,
  findingsOf,
  renderCharts,
  renderPage,
  renderReport,
  summarizeRun,
  type ReportDocument,
} from './index.js';
import { plantedStudy } from './paper/samples/planted-study.js';
import { renderPng } from './render-png.js';
import { memoryRunReader } from './samples/memory-run-reader.js';
import { plantedRun } from './samples/planted-run.js';
import { resnetSites, sampleManifest, vggSites } from './samples/sample-manifest.js';
import { sampleRun, sampleSimulation } from './samples/sample-run.js';
import { sampleTheory } from './samples/sample-theory.js';

const CHROMIUM = '/usr/bin/chromium';
// Where tests are run for the record, a missing browser is an error and not an excuse.
const skip = !existsSync(CHROMIUM) && process.env['CI'] === undefined;

describe.skipIf(skip)(`in a browser (needs ${CHROMIUM})`, () => {
  let browser: Browser;
  let folder: string;
  let file: string;
  let document: ReportDocument;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reluctant-report-'));
    file = join(folder, 'report.html');
    const resnet = { config: { architecture: { kind: 'resnet' } } };
    const runs = [
      sampleRun(vggSites(), { epochs: 4, manifest: { id: 'vgg', name: 'VGG <plain>' } }),
      sampleRun(resnetSites(), {
        epochs: 4,
        furtherProbes: true,
        manifest: { id: 'resnet', name: 'ResNet', ...resnet },
      }),
      sampleRun(resnetSites(), {
        epochs: 4,
        deepest: 0.2,
        manifest: { id: 'again', name: 'ResNet, seed 8', ...resnet, seed: 8 },
      }),
      sampleSimulation(),
      sampleTheory(),
    ];
    document = await composeReport(runs);
    await writeFile(file, renderPage(document));
    const study = plantedStudy();
    await writeFile(join(folder, 'study.html'), renderPage(composePaperReport(study, findingsOf(study))));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    { name: 'report', figures: 13, width: 1000, colorScheme: 'light' },
    { name: 'report', figures: 13, width: 1000, colorScheme: 'dark' },
    { name: 'report', figures: 13, width: 360, colorScheme: 'light' },
    { name: 'report', figures: 13, width: 360, colorScheme: 'dark' },
    { name: 'study', figures: 6, width: 1000, colorScheme: 'light' },
    { name: 'study', figures: 6, width: 360, colorScheme: 'dark' },
  ] as const)(
    '$name asks for nothing, complains of nothing and fits, $width pixels wide and $colorScheme',
    async (view) => {
      const { href } = pathToFileURL(join(folder, `${view.name}.html`));
      const page = await browser.newPage({
        viewport: { width: view.width, height: 900 },
        colorScheme: view.colorScheme,
      });
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.route('**/*', (route) => {
        const url = route.request().url();
        requests.push(url);
        return url.startsWith('file:') ? route.continue() : route.abort();
      });
      await page.goto(view.name === 'report' ? `${href}#run-resnet.dead` : href);

      expect(complaints).toEqual([]);
      expect(requests.map((url) => url.split('#')[0])).toEqual([href]);
      // `evaluate` takes source text here, because this package is compiled without the types of a browser.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
      const background = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
      expect(background).toBe(view.colorScheme === 'dark' ? 'rgb(21, 23, 27)' : 'rgb(255, 255, 255)');
      expect(await page.evaluate(OVERLAPS)).toEqual([]);
      expect(await page.evaluate(SMALLEST_TEXT)).toBeGreaterThanOrEqual(8);
      expect(await page.evaluate('document.querySelectorAll("figure").length')).toBeGreaterThanOrEqual(view.figures);
      await page.close();
    },
  );

  describe('with the network closed', () => {
    let page: Page;
    const requests: string[] = [];
    const complaints: string[] = [];
    const figure = (id: string) => page.locator(`[id="${id}"]`);
    const server = new Map<string, string>();

    beforeAll(async () => {
      for (const format of ['svg', 'csv'] as const) {
        for await (const { name, content } of renderCharts(document, format)) server.set(name, String(content));
      }
      const context = await browser.newContext({ acceptDownloads: true, offline: true });
      page = await context.newPage();
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(pathToFileURL(file).href);
    });
    afterAll(async () => {
      await page.context().close();
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([pathToFileURL(file).href]);
    });

    async function saved(id: string, format: 'SVG' | 'CSV'): Promise<{ name: string; content: string }> {
      const button = figure(id).getByRole('button', { name: `Download ${format}` });
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      const path = join(folder, download.suggestedFilename());
      await download.saveAs(path);
      return { name: download.suggestedFilename(), content: await readFile(path, 'utf8') };
    }

    it.each(['loss', 'histograms'])('saves the picture of %s as the command line does', async (chart) => {
      const { name, content } = await saved(`run-vgg.${chart}`, 'SVG');
      expect(content).not.toMatch(/var\(|url\((?!#)|href=|<script|style=/);
      expect(content).toMatch(/^<svg [^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
      const [ours, theirs] = await Promise.all([server.get(name)!, content].map((svg) => renderPng(svg, 1)));
      expect(Buffer.compare(ours!, theirs!)).toBe(0);
    });

    it('saves all the numbers of a chart, those that its table cuts included', async () => {
      const cut = (await page.evaluate(
        `[...document.querySelectorAll('figure')].filter((figure) => figure.querySelector('script.rest')).map(({ id }) => id)`,
      )) as string[];
      expect(cut.length).toBeGreaterThan(0);
      for (const id of ['run-vgg.loss', cut[0]!]) {
        const { name, content } = await saved(id, 'CSV');
        expect(content).toBe(server.get(name));
      }
    });

    it('saves what every unit did', async () => {
      const { name, content } = await saved('run-vgg.units', 'CSV');
      const cells = (text: string) => text.trimEnd().split('\r\n').map((line) => line.split(',')); // prettier-ignore
      const [ours, theirs] = [cells(server.get(name)!), cells(content)];
      expect(theirs.length).toBe(1 + vggSites().reduce((sum, { units }) => sum + units, 0));
      expect(theirs[0]).toEqual(ours[0]);
      theirs.slice(1).forEach((row, index) => {
        expect(row.slice(0, 2)).toEqual(ours[1 + index]!.slice(0, 2));
        row.slice(2).forEach((cell, column) => {
          expect(Math.abs(Number(cell) - Number(ours[1 + index]![2 + column]))).toBeLessThan(0.0031);
        });
      });
    });

    it('sorts heat maps, and tells of the cell that is chosen by key or pointed at', async () => {
      const maps = figure('run-vgg.units');
      const readout = maps.locator('.readout');
      const tile = maps.locator('.tile').last();
      await tile.focus();
      expect(await readout.textContent()).toMatch(/^fc2\/relu, mean of units .*, epoch 4: Pr\[y>0\] 0\.\d+$/);
      await page.keyboard.press('Home');
      expect(await readout.textContent()).toMatch(/, epoch 0: Pr/);
      await maps.getByLabel('Rows by').selectOption('death');
      await tile.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('End');
      expect(await readout.textContent()).toMatch(/, epoch 4: Pr\[y>0\] 0\.000$/);
      expect(await maps.locator('figcaption').textContent()).toContain('Now rows are sorted by time of death.');
      await maps.getByLabel('Rows by').selectOption('unit');
      await tile.locator('svg').hover({ position: { x: 2, y: 1 } });
      expect(await readout.textContent()).toMatch(/^fc2\/relu, mean of units 0, 1, 2, 3, epoch 0: Pr/);
    });

    it('leads to every section and chart by its link', async () => {
      const ids = (await page.evaluate(
        `[...document.querySelectorAll('h2, h3, figure')].map(({ id }) => id)`,
      )) as string[];
      expect(ids).toEqual(expect.arrayContaining(['run-vgg.methods', 'run-vgg.loss', 'run-resnet.units', 'terms']));
      const targets = await page.evaluate(`[...document.querySelectorAll('h2 a, h3 a, figcaption a')].map((link) => {
        link.click();
        return document.querySelector(':target')?.id;
      })`);
      expect(targets).toEqual(ids);
    });
  });

  it('is whole without its script', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(pathToFileURL(file).href);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.locator('figure').count()).toBe(document.body.figures.length);
    expect(await page.locator('[id="run-vgg.units"] .tile path').count()).toBeGreaterThan(8);
    await page.close();
  });

  it.each([
    { name: 'report', width: 1000, colorScheme: 'light' },
    { name: 'report', width: 360, colorScheme: 'dark' },
    { name: 'study', width: 360, colorScheme: 'light' },
    { name: 'study', width: 1000, colorScheme: 'dark' },
  ] as const)('axe finds nothing in $name, $width pixels wide and $colorScheme', async ({ name, width, ...view }) => {
    const page = await browser.newPage({ ...view, viewport: { width, height: 900 }, bypassCSP: true });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    await page.evaluate('document.querySelectorAll("details").forEach((details) => { details.open = true; })');
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
    const violations = await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + failureSummary)]))`);
    expect(violations).toEqual([]);
    await page.close();
  });

  it('shows every column of the comparison 1000 pixels wide, whatever the runs are called and how they ended', async () => {
    const many = join(folder, 'many.html');
    const names = ['resnet20 without skips, 5,000 images', 'ResNet-20', 'with_underscores_and_seed_20260131', 'VGG-16'];
    const runs = names.map((name, index) =>
      sampleRun(index % 2 === 0 ? resnetSites() : vggSites(), { epochs: 2, manifest: { id: `${index}`, name } }),
    );
    const unfinished = memoryRunReader(sampleManifest([], { id: 'unfinished', name: 'not measured at all' }), []);
    await writeFile(many, await renderReport([...runs, unfinished, sampleSimulation()]));
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    await page.goto(pathToFileURL(many).href);
    const hidden = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.table'))`;
    expect(await page.evaluate(hidden)).toBe(0);
    await page.close();
  });

  it('prints the wide layout, dark on light, on narrow paper too', async () => {
    const page = await browser.newPage({ viewport: { width: 680, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const shown = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).display`);
    expect([await shown('.wide'), await shown('.narrow'), await shown('nav')]).toEqual(['block', 'none', 'none']);
    expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
      'rgb(255, 255, 255)',
    );
    expect(await page.evaluate(SMALLEST_TEXT)).toBeGreaterThanOrEqual(8);
    await page.close();
  });
});

/**
 * Texts of a visible drawing whose boxes overlap by more than a pixel, or which leave the drawing. Boxes of slanted texts
 * are larger than the texts, so these are only held to the drawing.
 */
const OVERLAPS = `[...document.querySelectorAll('figure svg')].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  const turned = (text) => /matrix\\((?!0,)/.test(text.getAttribute('transform') ?? '');
  const boxes = [...svg.querySelectorAll('text')].filter((text) => text.getClientRects().length > 0)
    .map((text) => ({ text: text.textContent, turned: turned(text), box: text.getBoundingClientRect() }));
  const outside = boxes.filter(({ box }) => box.left < frame.left - 3 || box.right > frame.right + 3 ||
    box.top < frame.top - 3 || box.bottom > frame.bottom + 3).map(({ text }) => 'outside: ' + text);
  const collisions = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => !a.turned && !b.turned &&
    Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1 &&
    Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 1)
    .map((b) => a.text + ' / ' + b.text));
  return [...outside, ...collisions];
})`;

/** Size in CSS pixels, as shown, of the smallest text in a visible drawing. */
const SMALLEST_TEXT = `Math.min(...[...document.querySelectorAll('figure svg')].filter((svg) => svg.getClientRects().length > 0)
  .flatMap((svg) => [...svg.querySelectorAll('text')].map((text) =>
    Number.parseFloat(text.getAttribute('font-size')) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)))`;

it('a residual network of 55 sites over 50 epochs makes a page of less than 3 MB', async () => {
  const page = await renderReport([sampleRun(resnetSites(9), { epochs: 50, stepsPerEpoch: 390, furtherProbes: true })]);
  expect(Buffer.byteLength(page)).toBeLessThan(3_000_000);
  expect(page).toContain('55 ReLU sites');
});

it('the example of the README runs', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!.replace(/^import .*\n/gm, '');
  const folder = await mkdtemp(join(tmpdir(), 'reluctant-report-'));
  try {
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    const run = new AsyncFunction('store', 'renderReport', 'summarizeRun', 'writeFile', 'console', example);
    const printed: unknown[] = [];
    const written: string[] = [];
    await run(
      { open: async () => plantedRun() },
      renderReport,
      summarizeRun,
      async (name: string, text: string) => {
        written.push(name);
        await writeFile(join(folder, name), text);
      },
      { log: (...values: unknown[]) => printed.push(...values) },
    );
    expect(written).toEqual(['report.html']);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('<!doctype html>');
    expect(printed).toEqual([2, 6]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
