import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLiveServer, type LiveServer } from '@reluctant/report';
import { createRunStore } from '@reluctant/store';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { compose } from './compose.js';
import { createUnitInspector } from './live/inspect-unit.js';
import { copyRun } from './testing/copy-run.js';
import { runCli } from './testing/run-cli.js';
import { accessibilityViolations, launchBrowser, sidewaysScroll, watchedPage, WITHOUT_BROWSER, CHROMIUM } from './testing/watched-page.js'; // prettier-ignore

const HOSTILE_NAMES = {
  markup: '<script>alert(1)</script><img src=x onerror=alert(2)>',
  traversal: '../../etc/passwd',
  long: 'x'.repeat(10_000),
  emoji: '👩🏽‍🔬🧪',
  'right-to-left': 'שלום \u202etxt.exe',
};
const SITE = 'relu1';
const EXAMPLE = join(import.meta.dirname, '../../../examples/textures-vgg.yaml');

describe.skipIf(WITHOUT_BROWSER)(`the live page (needs ${CHROMIUM})`, () => {
  let browser: Browser;
  let server: LiveServer;
  let folder: string;
  let runs: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reluctant-live-page-'));
    runs = join(folder, 'runs');
    const sizes = ['dataset.trainSize=64', 'dataset.testSize=32', 'training.epochs=2', 'training.batchSize=32'];
    const set = ['name=first', ...sizes, "architecture.layout=[4,'M',8,'M']"].flatMap((one) => ['--set', one]);
    const { code, stderr } = await runCli(folder, 'run', EXAMPLE, ...set);
    expect(code, stderr).toBe(0);
    const [recorded] = await readdir(runs);
    await copyRun(runs, recorded!, 'first', { name: 'first', createdAt: '2026-01-01T00:00:00.000Z' });
    await copyRun(runs, recorded!, 'twin-1', { name: 'twin', seed: 1, createdAt: '2026-01-02T00:00:00.000Z' });
    await copyRun(runs, recorded!, 'twin-2', { name: 'twin', seed: 2, createdAt: '2026-01-03T00:00:00.000Z' });
    await copyRun(runs, recorded!, 'other', { name: 'other', createdAt: '2026-01-04T00:00:00.000Z' });
    for (const [id, name] of Object.entries(HOSTILE_NAMES)) await copyRun(runs, recorded!, id, { name });
    await rm(join(runs, recorded!), { recursive: true });
    const inspect = createUnitInspector(await compose({ runs, plugins: [] }));
    server = await startLiveServer({
      store: createRunStore({ root: runs }),
      inspectUnit: (run, ...what) => inspect(join(runs, run), ...what),
    });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const show = async (page: Page, address: string) => {
    await page.goto(`${server.url}#${address}`);
    await page.locator('h1').waitFor();
  };
  const drawn = (page: Page) => page.locator('.plot[data-drawn]').first().waitFor();
  const VIEWS = {
    runs: '/',
    run: '/run?run=first',
    compare: '/compare?run=twin-1&run=twin-2',
    'an address of nothing': '/nowhere',
  };

  it.each([
    { width: 1280, colorScheme: 'light' },
    { width: 360, colorScheme: 'dark' },
  ] as const)('is accessible, keeps to its policy and fits, $width pixels wide and $colorScheme', async (view) => {
    const { page, complaints } = await watchedPage(browser, {
      viewport: { width: view.width, height: 900 },
      colorScheme: view.colorScheme,
    });
    for (const [name, address] of Object.entries(VIEWS)) {
      await show(page, address);
      if (name === 'run' || name === 'compare') await drawn(page);
      expect(await accessibilityViolations(page), name).toEqual([]);
      expect(await sidewaysScroll(page), name).toBe(0);
    }
    expect(complaints).toEqual([]);
  });

  it.each(Object.entries(HOSTILE_NAMES))(
    'shows a run with a hostile name (%s) as text, in every view',
    async (id, name) => {
      const { page, complaints } = await watchedPage(browser);
      const shown = name.replace('\u202e', ' ').slice(0, 12);
      for (const address of ['/', `/run?run=${id}`, `/compare?run=${id}`, `/unit?run=${id}&site=${SITE}&unit=0`]) {
        await show(page, address);
        await page.getByText(shown).first().waitFor();
        expect(await page.evaluate('document.querySelectorAll("script:not([src]), img").length')).toBe(0);
        expect(await sidewaysScroll(page)).toBe(0);
      }
      expect(complaints).toEqual([]);
    },
  );

  it('compares the runs that were ticked, under names that differ', async () => {
    const { page, complaints } = await watchedPage(browser);
    await show(page, '/');
    await page.getByLabel('Search').fill('twin');
    await page.getByLabel('Compare twin (seed 1)').check();
    await page.getByLabel('Compare twin (seed 2)').check();
    await page.getByRole('link', { name: 'Compare 2 runs' }).click();
    await page.getByRole('heading', { name: 'Test accuracy' }).waitFor();
    await drawn(page);
    const legend = page.locator('.legend').first().locator('li');
    expect(await legend.allInnerTexts()).toEqual(['twin (seed 1)', 'twin (seed 2)']);
    await page.goBack();
    expect(await page.getByLabel('Search').inputValue()).toBe('twin');
    expect(await page.getByLabel('Compare twin (seed 2)').isChecked()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('compares all runs at once', async () => {
    const { page, complaints } = await watchedPage(browser);
    const ids = ['first', 'twin-1', 'twin-2', 'other', ...Object.keys(HOSTILE_NAMES)];
    await show(page, `/compare?${new URLSearchParams(ids.map((id): [string, string] => ['run', id])).toString()}`);
    await page
      .getByText(/^Last: first \d.*; other \d/)
      .first()
      .waitFor();
    await drawn(page);
    expect(await page.locator('.compared > li').count()).toBe(ids.length);
    expect(complaints).toEqual([]);
  });

  it('leads from a run by keyboard to one of its units, and back to what was chosen', async () => {
    const { page } = await watchedPage(browser);
    await show(page, '/run?run=first');
    await page.getByLabel('Rows by').selectOption({ label: 'unit number' });
    await page.getByRole('button', { name: 'Units: as table' }).press('Enter');
    await page.getByRole('link', { name: 'unit 3', exact: true }).press('Enter');
    await page.getByRole('heading', { level: 1, name: /unit 3$/ }).waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.getByRole('heading', { name: 'Pr[y>0]', exact: true }).first().waitFor();
    await drawn(page);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'first' }).waitFor();
    expect(await page.getByLabel('Rows by').inputValue()).toBe('unit');
    await page.getByRole('link', { name: 'Skip to content' }).press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    expect(page.url()).toContain('#/run?run=first&order=unit');
  });

  it('shows what a unit of the first layer looks for: its weights, and the images that fire it most', async () => {
    const { page, complaints } = await watchedPage(browser);
    await show(page, `/unit?run=first&site=${SITE}&unit=1`);
    await page.getByRole('img', { name: 'Weights of unit 1 as an image' }).waitFor();
    const images = page.getByRole('img', { name: /^Image \d+ of the probe split, class \d+$/ });
    expect(await images.count()).toBeGreaterThan(3);
    // As source text, since this package is compiled without the types of a browser.
    const shades = await page.evaluate<readonly number[]>(
      `[...document.querySelectorAll('canvas.picture')].map((canvas) =>
        new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size)`,
    );
    expect(Math.min(...shades)).toBeGreaterThan(4);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('narrows a run down to some layers, and says so where none is left', async () => {
    const { page } = await watchedPage(browser);
    await show(page, '/run?run=first');
    await drawn(page);
    await page.getByLabel('Filter layers').fill('relu2');
    await page.getByText(/Each dot is one of 8 units/).waitFor();
    expect(page.url()).toContain('layers=relu2');
    await page.getByLabel('Filter layers').fill('absent');
    await page.getByText('No measured layer’s name contains “absent”.').first().waitFor();
  });

  it('says what is wrong with an address of a run that is not there', async () => {
    const { page } = await watchedPage(browser);
    await show(page, '/run?run=../../etc/passwd');
    await page.getByText('RUN_NOT_FOUND').waitFor();
    await show(page, '/unit?run=first&site=no-such-layer&unit=0');
    await page
      .getByText(/no-such-layer/)
      .first()
      .waitFor();
  });

  it('says how to start a run where there is none', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    const other = await startLiveServer({ store: createRunStore({ root: empty }) });
    onTestFinished(() => other.close());
    const { page, complaints } = await watchedPage(browser);
    await page.goto(other.url);
    await page.getByText('reluctant run examples/textures-vgg.yaml').waitFor();
    expect(complaints).toEqual([]);
  });
});
