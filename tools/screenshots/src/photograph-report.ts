import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findFlaws } from './find-flaws.js';
import { LOOKS, type Order } from './order.js';
import { reluctant } from './reluctant.js';

/** Around the README's chart, in CSS pixels. */
const MARGIN = 16;

/** Pictures of a report of all the runs. Returns its flaws. `temporary` is where the report is written. */
export async function photographReport(
  { browser, runs, out, all }: Order,
  temporary: string,
): Promise<readonly string[]> {
  const file = join(temporary, 'report.html');
  const ids = (await readdir(runs, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  await reluctant('report', ...ids.map(({ name }) => join(runs, name)).sort(), '--out', file);
  const flaws: string[] = [];
  for (const { name, width, colorScheme } of LOOKS) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, deviceScaleFactor: 1.5 });
    await page.goto(pathToFileURL(file).href);
    flaws.push(...(await findFlaws(page)).map((flaw) => `report, ${name}: ${flaw}`));
    if (name === 'light') {
      const { x, y, width, height } = (await page
        .locator('figure', { hasText: 'Pr[y>0] by depth' })
        .first()
        .boundingBox())!;
      const clip = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + MARGIN };
      await page.screenshot({ path: join(out, 'report.png'), fullPage: true, clip });
    }
    if (all) {
      const sections = await page.locator('section').all();
      for (const [index, section] of sections.entries()) {
        if (await section.isVisible()) await section.screenshot({ path: join(out, `report-${name}-${index}.png`) });
      }
    }
    await page.close();
  }
  return flaws;
}
