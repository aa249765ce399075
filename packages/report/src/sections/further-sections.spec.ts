import type { Reading } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../render-report.js';
import { plantedRun } from '../samples/planted-run.js';
import { resnetSites, vggSites } from '../samples/sample-manifest.js';
import { sampleRun } from '../samples/sample-run.js';

const idsOf = (page: string) => [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);

describe('sections of further probes', () => {
  it('are there where the probes ran, each with its chart', async () => {
    const ids = idsOf(await renderReport([sampleRun(resnetSites(1), { epochs: 8, furtherProbes: true })]));
    for (const part of ['agreement', 'certificates', 'utility', 'positions', 'normal']) {
      expect(ids).toContain(`run-sample.${part}`);
    }
    for (const chart of [
      'sorted',
      'densities',
      'values',
      'survival',
      'definitions',
      'utilities',
      'maps',
      'normal-0',
      'normal-1',
    ]) {
      expect(ids).toContain(`run-sample.${chart}`);
    }
  });

  it('are left out where they did not run', async () => {
    const ids = idsOf(await renderReport([plantedRun()]));
    expect(ids).toContain('run-planted.survival');
    for (const part of ['agreement', 'certificates', 'utility', 'positions', 'normal']) {
      expect(ids).not.toContain(`run-planted.${part}`);
    }
  });

  it('say in words what would make an empty chart', async () => {
    const reader = plantedRun();
    const alive = (reading: Reading) =>
      reading.probe === 'unit-lifecycle'
        ? { ...reading, units: { dead: reading.units['dead']!.map(() => 0) } }
        : reading;
    const page = await renderReport([{ ...reader, readings: async () => (await reader.readings()).map(alive) }]);
    expect(page).toContain('None of 6 units that fired at the first look was silent at a later one');
    expect(idsOf(page)).not.toContain('run-planted.survival');
  });
});

describe('configurations', () => {
  const run = (id: string, initializer: unknown, seed: number) => {
    const config = { architecture: { kind: 'vgg' }, initializer };
    return sampleRun(vggSites().slice(-2), {
      epochs: 2,
      deepest: 0.1 * seed,
      manifest: { id, name: id, seed, config },
    });
  };

  it('are compared where several runs differ in more than their seeds', async () => {
    const he = { kind: 'he-normal' };
    const page = await renderReport([run('a', he, 1), run('b', he, 2), run('c', { kind: 'gaussian' }, 1)]);
    expect(idsOf(page)).toEqual(
      expect.arrayContaining([
        'configurations',
        'configurations-depth',
        'configurations-dead',
        'configurations-difference',
      ]),
    );
    expect(page).toContain('initializer he-normal (2 runs)');
    expect(idsOf(await renderReport([run('a', he, 1), run('b', he, 2)]))).not.toContain('configurations');
  });

  it('stay text, and short, whatever an experiment brings', async () => {
    const hostile = `<script>alert(1)</script>${'x'.repeat(10_000)}`;
    const page = await renderReport([run('a', { kind: hostile }, 1), run('b', { kind: 'he-normal' }, 1)]);
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('initializer &#60;script&#62;alert(1)');
    const start = page.indexOf('id="configurations"');
    expect(page.slice(start, page.indexOf('</section>', start))).not.toContain('x'.repeat(200));
  });
});
