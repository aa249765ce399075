import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { photographPage } from './photograph-page.js';
import { photographReport } from './photograph-report.js';
import { recordRuns } from './record-runs.js';

const HELP = `npm run screenshots -- [--out FOLDER] [--runs FOLDER] [--all]

Records a few runs, takes pictures of their report and of the live page, and ends with 1 where it finds a flaw in them: texts
that overlap, a chart without a drawing, a number that is none.

  --out FOLDER   where the pictures go (docs/images)
  --runs FOLDER  runs to show, instead of recording some for about five minutes
  --all          every part of the report and every view, light and dark, wide and narrow, to be looked at; not only the README's
  --browser FILE (/usr/bin/chromium)`;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'docs/images' },
    runs: { type: 'string' },
    all: { type: 'boolean', default: false },
    browser: { type: 'string', default: '/usr/bin/chromium' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  const temporary = await mkdtemp(join(tmpdir(), 'reluctant-pictures-'));
  const browser = await chromium.launch({ executablePath: values.browser, args: ['--no-sandbox'] });
  try {
    const runs = values.runs === undefined ? await recordRuns(join(temporary, 'runs')) : resolve(values.runs);
    const order = { browser, runs, out, all: values.all };
    const flaws = [...(await photographReport(order, temporary)), ...(await photographPage(order))];
    for (const flaw of flaws) console.error(flaw);
    console.log(`Pictures: ${out}`);
    process.exitCode = flaws.length > 0 ? 1 : 0;
  } finally {
    await browser.close();
    await rm(temporary, { recursive: true, force: true });
  }
}
