import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findFlaws } from './find-flaws.js';
import { LOOKS, type Order } from './order.js';
import { startReluctant } from './reluctant.js';

interface Listed {
  readonly id: string;
  readonly name: string;
}
interface View {
  readonly name: string;
  /** What follows `#` in the address. */
  readonly address: string;
}

/** Of the window, in pixels. */
const HEIGHT = 1240;

/** Pictures of the views of the live page, served as a user does. Returns their flaws. */
export async function photographPage({ browser, runs, out, all }: Order): Promise<readonly string[]> {
  const server = startReluctant('serve', runs, '--port', '0', '--json');
  try {
    const [first] = (await once(server.stdout!, 'data')) as [Buffer];
    const { url } = JSON.parse(first.toString()) as { url: string };
    const views = await viewsOf(url);
    const flaws: string[] = [];
    for (const { name: look, width, colorScheme } of LOOKS) {
      const page = await browser.newPage({ viewport: { width, height: HEIGHT }, colorScheme });
      for (const { name, address } of views) {
        await page.setViewportSize({ width, height: HEIGHT });
        await page.goto(`${url}#${address}`);
        await settled(page);
        if (all) await unroll(page, width);
        flaws.push(...(await findFlaws(page)).map((flaw) => `${name}, ${look}: ${flaw}`));
        const picture = look === 'light' ? `live-${name}.png` : `live-${name}-${look}.png`;
        if (all || look === 'light') await page.screenshot({ path: join(out, picture), fullPage: all });
      }
      await page.close();
    }
    return flaws;
  } finally {
    server.kill('SIGINT');
    await once(server, 'close');
  }
}

async function viewsOf(url: string): Promise<readonly View[]> {
  const { runs } = (await (await fetch(new URL('api/runs', url))).json()) as { runs: readonly Listed[] };
  const run = runs.find(({ name }) => name.includes('0.3')) ?? runs[0]!;
  const detail = await fetch(new URL(`api/runs/${encodeURIComponent(run.id)}`, url));
  const { sites } = (await detail.json()) as { sites: readonly { name: string }[] };
  const query = (...pairs: [string, string][]) => new URLSearchParams(pairs).toString();
  return [
    { name: 'runs', address: '/' },
    { name: 'run', address: `/run?${query(['run', run.id])}` },
    { name: 'compare', address: `/compare?${query(...runs.map(({ id }): [string, string] => ['run', id]))}` },
    { name: 'unit', address: `/unit?${query(['run', run.id], ['site', sites[0]!.name], ['unit', '1'])}` },
  ];
}

/** Makes the window as high as the page, since charts are drawn when they come into view. */
async function unroll(page: Page, width: number): Promise<void> {
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height });
  await settled(page);
}

/** Until nothing has been asked for, and nothing is being loaded, for a while. */
async function settled(page: Page): Promise<void> {
  // By locators: the page's policy refuses functions made of text, as `waitForFunction` makes them.
  await page.locator('main h1').first().waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached', timeout: 60_000 });
  await page.waitForTimeout(1500);
}
