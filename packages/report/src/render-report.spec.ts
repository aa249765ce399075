import type { EventBody, RunReader } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { escapeText } from './html/markup.js';
import { renderReport } from './render-report.js';
import { expectSound, textOf } from './samples/expect-sound.js';
import { memoryRunReader } from './samples/memory-run-reader.js';
import { plantReadings } from './samples/plant-readings.js';
import { PLANTED_SITES, plantedEvents, plantedRun } from './samples/planted-run.js';
import { resnetSites, sampleManifest, site, vggSites } from './samples/sample-manifest.js';
import { sampleRun, sampleSimulation } from './samples/sample-run.js';
import { sampleTheory } from './samples/sample-theory.js';

const killed = (events: readonly EventBody[]) => memoryRunReader(sampleManifest(PLANTED_SITES), events);
const step = (at: number, loss: number): EventBody => ({
  type: 'step.completed',
  step: at,
  epoch: at / 10,
  loss,
  correct: 1,
  size: 4,
  learningRate: 0.1,
  seconds: 0.1,
});

describe('a report', () => {
  it('shows every planted number', async () => {
    const page = await renderReport([plantedRun()]);
    expectSound(page);
    const text = textOf(page);
    for (const said of [
      'Test accuracy 61.25 % 800 test images; loss 1.25',
      'Training loss 1.125 mean of the last epoch; accuracy 62.50 %',
      // (0 + .005 + .5 + 1 + 0 + .75) / 6
      'Mean Pr[y>0] 0.376 over 6 units, N = 100 images (probe split, evaluation mode)',
      // 1 − .05^(1/100)
      'Never fired 2 of 6 units, N = 100 images (probe split, evaluation mode); each fires on at most 0.0295 of images, 95 % confidence',
      'Nearly dead 3 Pr[y>0] < 0.01, never fired included; N = 100 images',
      'Training 2 epochs 20 optimizer steps',
      'After step 20 (epoch 2), 2 of 6 units never fired on the 100 images measured',
      'first/relu 0 never fired 0 0 / 100 0.0295 10 1 ',
      'second/relu 0 never fired 0 0 / 100 0.0295 0 0 ',
      'first/relu 1 nearly dead 32 1 / 100 0.01 20 2 ',
      '2 units born dead (never fired at step 0), 1 death and 1 revival',
      'first/relu 0 1 0 1 ',
      'second/relu 2 0 1 1 ',
      '95 % interval median',
      '1 first/relu conv no 4 6,400 0.376 0.326 – 0.426 0.253 1 2 2 ',
      '2 second/relu dense yes 2 100 0.375 0.325 – 0.425 0.375 1 1 1 62.50 % ',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('is the same at every rendering', async () => {
    expect(await renderReport([plantedRun()])).toBe(await renderReport([plantedRun()]));
  });

  it('compares several runs first, and links to each', async () => {
    const runs = [
      plantedRun({ id: 'a', name: 'Plain' }),
      plantedRun({ id: 'a', name: 'Plain again' }),
      plantedRun({ id: 'a-depth', name: 'Third' }),
      sampleSimulation(),
    ];
    const page = await renderReport(runs, { title: 'Four <runs>' });
    expectSound(page);
    expect(page).toContain('<title>Four &#60;runs&#62;</title>');
    expect(textOf(page)).toContain('Plain completed vgg 2 1.125 61.25 % 0.376 2 / 6 3 100 ');
    expect(page.indexOf('id="overview"')).toBeLessThan(page.indexOf('id="run-a"'));
    expect(page).toContain('href="#run-a.2.dead"');
    expect(textOf(page)).toContain('Plain again: mean over units 0.376, 2 sites, 100 images');
  });

  it('shows both series and names the one of the training batches', async () => {
    const further = [25, 30].flatMap((at) =>
      plantReadings({
        site: PLANTED_SITES[0]!,
        pr: [0.1, 0.2, 0.3, 0.4],
        step: at,
        epoch: at / 10,
        images: 64,
        on: 'training-step',
      }),
    );
    const page = await renderReport([plantedRun({}, further)]);
    expectSound(page);
    expect(textOf(page)).toContain('Pr[y>0] by depth on training batches, training mode');
    expect(textOf(page)).toContain('measured on 64 images (training batches, training mode). Mean over units 0.250');
    expect(textOf(page)).toContain('Mean Pr[y>0] 0.376 over 6 units, N = 100 images (probe split, evaluation mode)');
  });

  it('says of which moment a number is where the run went on without a measurement', async () => {
    const test = { type: 'evaluation.completed', split: 'test', loss: 5.5, accuracy: 0.1, images: 800 } as const;
    const begun = [
      ...plantedEvents().filter((event) => event.type === 'probe.reading' && event.reading.step === 0),
      { ...test, step: 0, epoch: 0 },
      step(1, 3),
      step(2, NaN),
    ];
    const diverged: EventBody = { type: 'run.finished', status: 'diverged', step: 2 };
    const page = await renderReport([plantedRun(), killed([...begun, diverged])]);
    expectSound(page);
    for (const said of [
      'Test accuracy 10.00 % 800 test images; loss 5.5; before training',
      '(probe split, evaluation mode); before training Never fired',
      '95 % confidence; before training Nearly dead',
      'never fired included; N = 100 images; before training Training',
      'At the last measurement, after step 0 (epoch 0).',
      'Last measured before the run ended: A sample (after step 0 of 2).',
    ]) {
      expect(textOf(page)).toContain(said);
    }

    const epoch = {
      type: 'epoch.completed',
      trainLoss: 1,
      trainAccuracy: 0.5,
      seconds: 1,
      step: 20,
      epoch: 2,
    } as const;
    const later = await renderReport([killed([...plantedEvents(), epoch, step(21, 1), step(22, 1)])]);
    expect(textOf(later)).toContain('mean of epoch 2; accuracy 50.00 %');
    expect(textOf(later)).toContain('(probe split, evaluation mode); after step 20 Never fired');
  });

  it('cuts a long table of dead units and says the count', async () => {
    const wide = site('wide/relu', 1, 500, 'dense', false);
    const readings = plantReadings({ site: wide, pr: new Array(500).fill(0), step: 0, epoch: 0, images: 10 });
    const page = await renderReport([memoryRunReader(sampleManifest([wide]), readings)]);
    expectSound(page);
    expect(textOf(page)).toContain('The first 200 of 500 rows; 300 more are not shown.');
  });

  it('refuses to report on nothing', async () => {
    await expect(renderReport([])).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('a report is sound', () => {
  const redo = { intervention: 'redo', site: 'first/relu' };
  const failed: EventBody = { type: 'probe.failed', probe: 'dead-units', message: 'It <b>broke</b>.' };
  const cases: Record<string, { readonly runs: readonly RunReader[]; readonly says: readonly string[] }> = {
    'of plain and residual networks': {
      runs: [sampleRun(vggSites(), { epochs: 3 }), sampleRun(resnetSites(), { epochs: 3 })],
      says: ['19 ReLU sites', '8 ReLU sites'],
    },
    'of a simulation': {
      runs: [sampleSimulation()],
      says: ['zero bias: 0.248', '500 trials each', '99 % confidence of the mean'],
    },
    'of theory beside simulation': {
      runs: [sampleTheory(), sampleTheory(['he', 'xavier'])],
      says: [
        'Warning : The step size 0.3 is beyond its bound 0.125.',
        'Inputs are independent.',
        'C0, mean field: outside the band at 10 of 37 places, first at updates = 316; largest deviation 15 standard errors (0.06)',
        'C2, Gaussian cubature for “he”: inside the band at all 37 places',
        '3 trajectories: 2 learns, 1 dies.',
        '0.161 (0.156 to 0.166)',
      ],
    },
    'of a run killed before its first event': {
      runs: [killed([])],
      says: ['No end was recorded', 'Not one training step', 'No unit was measured'],
    },
    'of a run killed at step 0': {
      runs: [killed(plantedEvents().slice(0, 10))],
      says: ['Units were measured once', 'No end was recorded'],
    },
    'of a run killed within its first epoch': {
      runs: [killed([step(1, 2), step(2, 1.5)])],
      says: ['No epoch was completed', 'Training loss 1.5 at the last', '0.2 epochs'],
    },
    'of one step': { runs: [killed([step(1, 2)])], says: ['1 optimizer step'] },
    'without probes': {
      runs: [killed(plantedEvents().filter((event) => !/probe|unit/.test(event.type)))],
      says: ['No unit was measured in this run'],
    },
    'of one unit': {
      runs: [
        memoryRunReader(
          sampleManifest([site('only', 1, 1, 'dense', false)]),
          plantReadings({ site: site('only', 1, 1, 'dense', false), pr: [0], step: 0, epoch: 0, images: 1 }),
        ),
      ],
      says: ['1 of 1 unit', 'N = 1 image'],
    },
    'of a diverged run': {
      runs: [
        killed([
          step(1, 2),
          step(2, NaN),
          step(3, Infinity),
          { type: 'epoch.completed', step: 3, epoch: 1, trainLoss: NaN, trainAccuracy: 0.1, seconds: 1 },
          { type: 'evaluation.completed', step: 3, epoch: 1, split: 'test', loss: Infinity, accuracy: 0.1, images: 10 },
          {
            type: 'run.finished',
            status: 'diverged',
            step: 3,
            message: 'Lower the <learning rate>.',
            code: 'RUN_DIVERGED',
          },
        ]),
      ],
      says: ['Diverged at step 3', 'Lower the <learning rate>.', 'From step 2 on the loss is not a finite number'],
    },
    'of a run whose every loss diverged': { runs: [killed([step(1, NaN)])], says: ['No finite loss was recorded'] },
    'of an interrupted run': {
      runs: [killed([step(1, 2), { type: 'run.finished', status: 'interrupted', step: 1 }])],
      says: ['Interrupted at step 1'],
    },
    'of a run with readings that are not finite': {
      runs: [
        killed([
          {
            type: 'probe.reading',
            reading: {
              probe: 'activation-probability',
              site: 'first/relu',
              on: 'probe-split',
              step: 1,
              epoch: 1,
              images: 9,
              units: { pr: [NaN, 0.5] },
              layer: { mean: NaN },
            },
          },
          {
            type: 'probe.reading',
            reading: {
              probe: 'dead-units',
              site: 'first/relu',
              on: 'probe-split',
              step: 1,
              epoch: 1,
              images: 9,
              units: { neverFired: [1, 0] },
              layer: {},
            },
          },
        ]),
      ],
      says: ['1 of 2 units never fired'],
    },
    'of a run with interventions': {
      runs: [
        plantedRun({}, [
          { ...redo, type: 'intervention.applied', units: [0], action: 're-initialised', step: 10, epoch: 1 },
          { ...redo, type: 'intervention.applied', units: [0, 3], action: 're-initialised', step: 20, epoch: 2 },
          { ...redo, type: 'intervention.withheld', units: [1], reason: 'it is frozen', step: 20, epoch: 2 },
        ]),
      ],
      says: [
        'redo: 3 units re-initialised at 1 site, after 2 measurements; 1 unit left alone.',
        '2 20 redo first/relu 2 0, 3 re-initialised',
        'left alone: it is frozen',
      ],
    },
    'of a run with a failed probe': {
      runs: [plantedRun({}, [failed])],
      says: ['A probe failed : dead-units . It <b>broke</b>.'],
    },
  };
  it.each(Object.entries(cases))('%s', async (_, { runs, says }) => {
    const page = await renderReport(runs);
    expectSound(page);
    for (const said of says) expect(textOf(page)).toContain(said);
  });
});

describe('hostile text', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    `'; style="x" onload='`,
    '</style><script>',
    '</text></svg><b>',
    ']]><!--',
    '\u202egnp.exe\u0000\ud800',
    '👩‍🔬 Σ 漢字 &amp; &#60;b&#62;',
    'x'.repeat(10_000),
    '<'.repeat(10_000),
  ];
  it.each(hostile.map((text) => [text.slice(0, 24), text] as const))(
    '%s stays text wherever a run can bring it',
    async (_, text) => {
      const sites = [site(`${text}1`, 1, 2, 'conv', false), site(`${text}2`, 2, 2, 'conv', true)];
      const curve = {
        axis: { label: text, values: [1, 2] },
        mean: [1, 2],
        lower: [0, 1],
        upper: [2, 3],
        band: text,
        trials: 2,
      };
      const manifest = sampleManifest(sites, {
        id: text,
        name: text,
        createdAt: text,
        config: { architecture: { kind: text }, [text]: text, training: { epochs: 1, optimizer: text } },
        versions: { [text]: text },
        machine: { platform: text, cpu: text, cores: 1 },
        engine: { kind: text, version: text, device: text },
        dataset: { ...sampleManifest(sites).dataset!, kind: text, source: text, digest: text },
      });
      const readings = [0, 1].flatMap((epoch) =>
        sites.flatMap((of) => plantReadings({ site: of, pr: [0, 0.5], step: epoch, epoch, images: 10 })),
      );
      const events: readonly EventBody[] = [
        ...readings,
        { type: 'unit.died', probe: text, site: sites[0]!.name, unit: 0, step: 1, epoch: 1 },
        { type: 'probe.failed', probe: text, message: text },
        { type: 'intervention.applied', intervention: text, site: text, units: [0], action: text, step: 1, epoch: 1 },
        { type: 'intervention.withheld', intervention: text, site: text, units: [1], reason: text, step: 1, epoch: 1 },
        { type: 'simulation.sampled', series: { name: text, group: text, ...curve } },
        { type: 'simulation.sampled', series: { name: text, group: `${text} too`, ...curve } },
        {
          type: 'simulation.predicted',
          series: { name: text, group: text, theory: text, axis: curve.axis, values: [9, 2] },
        },
        {
          type: 'simulation.tabulated',
          table: { title: text, columns: [{ label: text, unit: text, kind: 'text' }], rows: [[text]], notes: [text] },
        },
        {
          type: 'simulation.mapped',
          map: {
            title: text,
            x: curve.axis,
            y: curve.axis,
            value: { label: text, scale: 'linear' },
            values: [
              [1, 2],
              [3, NaN],
            ],
            lines: [{ kind: 'boundary', label: text, points: [[1, 1]] }],
            points: [{ label: text, x: 1, y: 1 }],
            notes: [text],
          },
        },
        { type: 'simulation.noted', note: { severity: 'warning', text } },
        { type: 'simulation.noted', note: { severity: 'information', text: `${text} too` } },
        { type: 'run.finished', status: 'failed', step: 1, message: text },
      ];
      const page = await renderReport([memoryRunReader(manifest, events), memoryRunReader(manifest, events)], {
        title: text,
      });
      expectSound(page.replaceAll(escapeText(text), ''));
      expect(page).not.toMatch(/[\u0000\u202e\ud800-\udbff](?![\udc00-\udfff])/);
      expect(page.length).toBeLessThan(1_000_000);
    },
  );
});
