import { expect, it, describe } from 'vitest';
import { chartsOf, composeReport, renderCharts, renderMarkdown, renderPage, type ChartFile } from './index.js';
import { plantedRun } from './samples/planted-run.js';
import { resnetSites, vggSites } from './samples/sample-manifest.js';
import { sampleRun, sampleSimulation } from './samples/sample-run.js';
import { sampleTheory } from './samples/sample-theory.js';

async function all(files: AsyncIterable<ChartFile>): Promise<readonly ChartFile[]> {
  const found: ChartFile[] = [];
  for await (const file of files) found.push(file);
  return found;
}

const two = await composeReport([
  sampleRun(vggSites(), { epochs: 3, manifest: { id: 'a', name: 'A' } }),
  sampleRun(resnetSites(1), { epochs: 3, manifest: { id: 'b', name: 'B' } }),
  sampleSimulation(),
  sampleTheory(),
]);

describe('charts of a report', () => {
  it('are those of the page, each under its own id and file name', async () => {
    const ids = [...renderPage(two).matchAll(/<figure id="([^"]*)"/g)].map(([, id]) => id);
    expect(chartsOf(two).map(({ id }) => id)).toEqual(ids);
    const files = await all(renderCharts(two, 'csv'));
    expect(files.map(({ id }) => id)).toEqual(ids);
    expect(new Set(files.map(({ name }) => name)).size).toBe(ids.length);
  });

  it('are chosen by their whole id, or by its end for all runs', async () => {
    const chosen = async (chart: string) => (await all(renderCharts(two, 'csv', { chart }))).map(({ name }) => name);
    expect(await chosen('run-a.loss')).toEqual(['run-a.loss.csv']);
    expect(await chosen('loss')).toEqual(['run-a.loss.csv', 'run-b.loss.csv']);
    expect(await chosen('oss')).toEqual([]);
    expect(chartsOf(two, 'accuracy')).toEqual([
      { id: 'run-a.accuracy', title: 'Accuracy' },
      { id: 'run-b.accuracy', title: 'Accuracy' },
    ]);
  });

  it('stand alone as SVG: coloured, named, described, asking for nothing', async () => {
    for (const { content, title } of await all(renderCharts(two, 'svg'))) {
      const svg = String(content);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /);
      expect(svg).toMatch(/^<svg [^>]*font-family="'DejaVu Sans'[^>]*><title>[^<]+<\/title><desc>[^<]{20,}<\/desc>/);
      expect(svg).not.toMatch(/var\(|url\((?!#)|href=|<script|<style| style=|NaN|undefined|class=/);
      expect(svg).toContain(`>${title.split(' ')[0]!.replace('>', '&#62;')}`);
    }
  });

  it('are PNGs of the size asked for, and not blank', async () => {
    const [once] = await all(renderCharts(two, 'png', { chart: 'run-a.loss', scale: 1 }));
    const [thrice] = await all(renderCharts(two, 'png', { chart: 'run-a.loss', scale: 3 }));
    const widthOf = (content: ChartFile['content']) => Buffer.from(content).readUInt32BE(16);
    expect(Buffer.from(once!.content).subarray(1, 4).toString()).toBe('PNG');
    expect([widthOf(once!.content), widthOf(thrice!.content)]).toEqual([892, 3 * 892]);
    expect(once!.content.length).toBeGreaterThan(10_000);
  });

  it('hold every unit of the heat maps as CSV', async () => {
    const [file] = await all(renderCharts(await composeReport([plantedRun()]), 'csv', { chart: 'units' }));
    expect(file!.content).toBe(
      [
        'site,unit,epoch 0,epoch 1,epoch 2',
        'first/relu,0,0.500,0.000,0.000',
        'first/relu,1,0.500,0.500,0.005',
        'first/relu,2,0.500,0.500,0.500',
        'first/relu,3,1.000,1.000,1.000',
        'second/relu,0,0.000,0.000,0.000',
        'second/relu,1,0.000,0.250,0.750',
        '',
      ].join('\r\n'),
    );
  });
});

describe('Markdown', () => {
  it('has the sections, numbers and tables of the page, with links to every chart', async () => {
    const text = await renderMarkdown(two, 'my report-charts');
    for (const { title } of sectionsOf(renderPage(two))) expect(text).toContain(title.replace('[', '\\['));
    for (const { id } of chartsOf(two)) {
      expect(text).toContain(`](my%20report-charts/${id}.svg)`);
      expect(text).toContain(`[Numbers (CSV)](my%20report-charts/${id}.csv)`);
    }
    expect(text).toMatch(/\| run +\| status +\|/);
    expect(text).toContain('- **Never fired**: ');
    expect(text).not.toMatch(/<svg|<div|undefined|\[object|\(#/);
  });

  it('escapes what runs bring along', async () => {
    const name = '<script>alert(1)</script> [x](javascript:alert(2)) | `code` **bold** ![i](http://example.org/i.png)';
    const document = await composeReport([sampleRun(vggSites(), { epochs: 2, manifest: { name } }), plantedRun()]);
    const text = await renderMarkdown(document, 'charts');
    expect(text).toContain('\\<script>');
    expect(text).not.toMatch(/(?<!\\)<script|(?<!\\)\[x\]\(|(?<!\\)!\[i\]\(|(?<![\\`])`code`|(?<!\\)\*\*bold/);
  });
});

function sectionsOf(page: string): readonly { readonly title: string }[] {
  return [...page.matchAll(/<h3 id="[^"]*"><a [^>]*>([^<]*)<\/a>/g)].map(([, title]) => ({
    title: title!.replace('&#62;', '>'),
  }));
}
