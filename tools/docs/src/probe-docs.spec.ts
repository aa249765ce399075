import { readFile } from 'node:fs/promises';
import { TapWindow, type ProbeOutput, type ReluSite, type Statistic, type Tap, type TapSample } from '@reluctant/core';
import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { defaultTaps, probeDocs, type ProbeDoc } from './probe-docs.js';
import { probePage } from './probe-page.js';
import { readDocstring } from './read-docstring.js';

const docs = await probeDocs();
const namesOf = (definitions: ProbeDoc['docstring']['units']) => definitions.flatMap(({ names }) => names).sort();

const SITES: readonly ReluSite[] = [
  { name: 'conv', layer: 'conv', depth: 1, kind: 'conv', units: 3, positions: 4, skip: false },
  { name: 'dense', layer: 'dense', depth: 2, kind: 'dense', units: 2, positions: 1, skip: true },
];

/** A window of ten images in which every unit did something. */
function sampleOf(tap: Tap, step: number): TapSample {
  const site = SITES.find(({ name }) => name === tap.site)!;
  const length = (statistic: Statistic) => site.units * (statistic === 'positionFired' ? site.positions : 1);
  const values = Object.fromEntries(
    tap.statistics.map((statistic) => [statistic, Float64Array.from({ length: length(statistic) }, (_, i) => 1 + i)]),
  );
  const window = new TapWindow(tap, site);
  window.add({ site: tap.site, at: tap.at, values }, 10);
  return window.toSample({ step, epoch: step });
}

it('docs/probes.md is what the sources say', async () => {
  const committed = await readFile(new URL('../../../docs/probes.md', import.meta.url), 'utf8');
  expect(committed, 'docs/probes.md is stale. Run `npm run docs`').toBe(await probePage());
});

describe.each(docs.map((doc) => [doc.probe.kind, doc] as const))('%s', (_, { probe, docstring, options }) => {
  it('is described, as are all its options', () => {
    expect(docstring.prose).not.toBe('');
    for (const { name, meaning } of options) expect(meaning, name).not.toBe('');
  });

  const taps = defaultTaps(probe, SITES);
  it.runIf(taps && taps.length > 0)('defines in its docstring exactly the measures that it has', () => {
    const samples = [0, 1].flatMap((step) => taps!.map((tap) => sampleOf(tap, step)));
    const outputs: ProbeOutput[] = [];
    probe
      .readings(from(samples), { sites: SITES }, probe.options.parse({}))
      .subscribe((output) => outputs.push(output));
    const readings = outputs.filter((output) => output.type === 'probe.reading');
    const measures = (part: 'units' | 'layer') =>
      [...new Set(readings.flatMap((reading) => Object.keys(reading[part])))].sort();
    expect(namesOf(docstring.units)).toEqual(measures('units'));
    expect(namesOf(docstring.layer)).toEqual(measures('layer'));
  });
});

describe('readDocstring', () => {
  const index = new URL('../../../packages/probes/src/index.ts', import.meta.url);

  it('finds the docstring behind the export, with its sources', () => {
    expect(readDocstring(index, 'dormant').sources).toEqual(['Sokar et al. 2023, arXiv 2302.12902']);
  });

  it('refuses what is not exported or has none', () => {
    expect(() => readDocstring(index, 'nothing')).toThrow('does not export "nothing"');
    expect(() => readDocstring(index, 'dormantOptions')).toThrow('"dormantOptions" has no docstring');
  });
});
