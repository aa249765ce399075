import { readFile } from 'node:fs/promises';
import '@tensorflow/tfjs-backend-cpu';
import {
  ACTIVATION_LEVELS,
  readNetwork,
  readParameters,
  TapWindow,
  type ProbeOutput,
  type Statistic,
  type Tap,
  type TapSample,
} from '@reluctant/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { defaultTaps, probeDocs, type ProbeDoc } from './probe-docs.js';
import { probePage } from './probe-page.js';
import { readDocstring } from './read-docstring.js';

const docs = await probeDocs();
const namesOf = (definitions: ProbeDoc['docstring']['units']) => definitions.flatMap(({ names }) => names).sort();

await setBackend('cpu');
const network = readNetwork(
  sequential({
    layers: [
      layers.conv2d({ name: 'conv', inputShape: [4, 4, 1], filters: 3, kernelSize: 3, padding: 'same' }),
      layers.batchNormalization({ name: 'norm' }),
      layers.reLU({ name: 'relu' }),
      layers.flatten(),
      layers.dense({ name: 'dense', units: 2, activation: 'relu' }),
      layers.dense({ name: 'logits', units: 2 }),
    ],
  }),
);
const { graph, sites } = network;

const IMAGES = 10;

/** A window of some images in which every unit did something. */
function sampleOf(tap: Tap, step: number): TapSample {
  const site = sites.find(({ name }) => name === tap.site)!;
  const lengthOf = (statistic: Statistic) => {
    if (statistic === 'firedPerImage') return IMAGES;
    if (statistic === 'exceedances') return ACTIVATION_LEVELS.length * site.units;
    return statistic === 'positionFired' ? site.positions * site.units : site.units;
  };
  const values = Object.fromEntries(
    tap.statistics.map((statistic) => [statistic, Float64Array.from({ length: lengthOf(statistic) }, (_, i) => 1 + i)]),
  );
  const window = new TapWindow(tap, site);
  window.add({ site: tap.site, at: tap.at, values }, IMAGES);
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

  it.runIf(probe.options.safeParse({}).success)(
    'defines in its docstring exactly the measures that it has',
    async () => {
      const settings = probe.options.parse({});
      const samples = [0, 1].flatMap((step) => defaultTaps(probe, sites)!.map((tap) => sampleOf(tap, step)));
      const outputs: ProbeOutput[] = [];
      probe.readings(from(samples), { sites }, settings).subscribe((output) => outputs.push(output));
      const looked = await probe.inspect?.(
        {
          ...{ graph, sites, parameters: readParameters(network), inputRange: { lower: [-1], upper: [1] } },
          ...{ samples: samples.filter(({ on, step }) => on === 'probe-split' && step === 1), step: 1, epoch: 1 },
        },
        settings,
      );
      outputs.push(...(looked ?? []));
      const readings = outputs.filter((output) => output.type === 'probe.reading');
      const measures = (part: 'units' | 'layer') =>
        [...new Set(readings.flatMap((reading) => Object.keys(reading[part])))].sort();
      expect(namesOf(docstring.units)).toEqual(measures('units'));
      expect(namesOf(docstring.layer)).toEqual(measures('layer'));
    },
  );
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
