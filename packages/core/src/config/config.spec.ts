import { ContainerModule } from 'inversify';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Dataset } from '../dataset/dataset.js';
import { ReluctantError } from '../errors.js';
import { Architecture } from '../graph/architecture.js';
import { Intervention } from '../intervention/intervention.js';
import { createContainer, plugins as pluginsOf, type Plugins } from '../plugin/plugins.js';
import { Probe } from '../probe/probe.js';
import { Simulation } from '../simulation/simulation.js';
import { applyOverrides } from './apply-overrides.js';
import type { TrainingExperiment } from './experiment.js';
import { experimentJsonSchema } from './experiment-schema.js';
import { parseDocument } from './parse-document.js';
import { resolveExperiment } from './resolve-experiment.js';

const plugin = (kind: string, shape: z.ZodRawShape = {}) =>
  ({ kind, summary: `the ${kind}`, options: z.strictObject(shape) }) as never;

let plugins: Plugins;
beforeAll(async () => {
  const module = new ContainerModule(({ bind }) => {
    bind(Dataset).toConstantValue(plugin('auto'));
    bind(Dataset).toConstantValue(plugin('cifar10', { trainSize: z.int().optional() }));
    bind(Architecture).toConstantValue(
      plugin('vgg', { width: z.number().positive().default(1), layout: z.array(z.string()).default([]) }),
    );
    for (const kind of ['activation-probability', 'dead-units', 'unit-lifecycle']) {
      bind(Probe).toConstantValue(plugin(kind, { epsilon: z.number().default(0.01) }));
    }
    bind(Intervention).toConstantValue(plugin('repair', { tau: z.number().default(0.1) }));
    bind(Simulation).toConstantValue(plugin('single-unit', { trials: z.int().default(5) }));
  });
  plugins = pluginsOf(await createContainer([module]));
});

const resolve = (document: Record<string, unknown>) => resolveExperiment(document, plugins, 'x.yaml');
const failure = (document: Record<string, unknown>): ReluctantError => {
  try {
    resolve(document);
  } catch (error) {
    return error as ReluctantError;
  }
  throw new Error('nothing was thrown');
};

describe('resolveExperiment', () => {
  it('fills in defaults and expands shorthands', () => {
    const experiment = resolve({
      architecture: 'vgg',
      probes: ['dead-units', { kind: 'unit-lifecycle', epsilon: 0.1 }],
    });
    expect(experiment).toMatchObject({
      seed: 1,
      dataset: { kind: 'auto' },
      architecture: { kind: 'vgg', width: 1 },
      initializer: { kind: 'he-normal', bias: 0 },
      engine: { kind: 'auto' },
      probes: [
        { kind: 'dead-units', epsilon: 0.01 },
        { kind: 'unit-lifecycle', epsilon: 0.1 },
      ],
      training: { epochs: 10, optimizer: { kind: 'momentum', momentum: 0.9 }, schedule: { kind: 'constant' } },
      measurement: { everyEpochs: 1, onProbeFailure: 'fail' },
      interventions: [],
    });
  });

  it('says of each intervention when it is applied: after every epoch, if nothing else is said', () => {
    const once = resolve({ architecture: 'vgg', interventions: ['repair'] });
    expect(once).toMatchObject({ interventions: [{ kind: 'repair', tau: 0.1, when: { everyEpochs: 1 } }] });
    expect(resolve(JSON.parse(JSON.stringify(once)))).toEqual(once);
    const repair = (when: object) => ({ architecture: 'vgg', interventions: [{ kind: 'repair', when }] });
    expect(resolve(repair({ everySteps: 5, until: 2 }))).toMatchObject({
      interventions: [{ when: { everySteps: 5, until: 2 } }],
    });
    expect(failure(repair({ until: 2 })).message).toContain('interventions.0.when: give one of everyEpochs,');
    expect(failure(repair({ everyEpoch: 2 })).message).toContain('Did you mean "everyEpochs"?');
    expect(failure({ architecture: 'vgg', interventions: ['repiar'] }).message).toContain('Did you mean "repair"?');
    expect(failure({ architecture: 'vgg', interventions: ['repair', 'repair'] }).message).toContain('listed twice');
  });

  it('gives itself back when resolved twice, as a resume does', () => {
    const once = resolve({ architecture: 'vgg' });
    expect(resolve(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  it('takes a simulation', () => {
    expect(resolve({ simulation: 'single-unit', seed: 3 })).toMatchObject({
      seed: 3,
      simulation: { kind: 'single-unit', trials: 5 },
    });
  });

  it('refuses a probe that is listed twice, since its readings could not be told apart', () => {
    const error = failure({ architecture: 'vgg', probes: ['dead-units', { kind: 'dead-units', epsilon: 0.1 }] });
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.issues).toEqual([
      { path: 'probes.1', message: expect.stringContaining('"dead-units" is listed twice') },
    ]);
  });

  it('names unknown keys with the nearest spelling, at every level', () => {
    const error = failure({ architecture: { kind: 'vgg', widht: 2 }, trainning: {}, training: { epoch: 1 } });
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.exitCode).toBe(3);
    expect(error.issues).toHaveLength(3);
    expect(error.message).toContain('x.yaml has 3 problems');
    expect(error.message).toContain('architecture: Unknown key "widht". Did you mean "width"?');
    expect(error.message).toContain('Unknown key "trainning". Did you mean "training"?');
    expect(error.message).toContain('training: Unknown key "epoch". Did you mean "epochs"?');
  });

  it('names unknown kinds with the nearest spelling and the known ones', () => {
    const error = failure({ architecture: 'vggg', probes: ['dead-unit'] });
    expect(error.code).toBe('PLUGIN_UNKNOWN');
    expect(error.message).toContain('architecture.kind: Unknown kind "vggg". Did you mean "vgg"? Known: vgg.');
    expect(error.message).toContain('probes.0.kind: Unknown kind "dead-unit". Did you mean "dead-units"?');
  });

  it.each([
    ['a wrong type', { architecture: 'vgg', training: { epochs: 'many' } }, /training\.epochs: .*number/],
    ['a missing architecture', {}, /architecture/],
    ['a kind left out', { architecture: { width: 1 } }, /architecture.*: needs a kind\. Known: vgg/],
    ['a negative rate', { architecture: 'vgg', training: { learningRate: -1 } }, /training\.learningRate/],
    ['options of no type', { architecture: 5 }, /architecture/],
  ])('refuses %s', (_, document, message) => {
    expect(failure(document).message).toMatch(message);
  });
});

/** Ten aliases of ten aliases of …: a short file that means 10⁸ values. */
const BILLION_LAUGHS = Array.from({ length: 8 }, (_, level) =>
  level === 0
    ? 'a0: &a0 x'
    : `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
).join('\n');

describe('parseDocument', () => {
  it('reads YAML and JSON', () => {
    expect(parseDocument('a: [64, M]\nb: {c: 1e-3}', 'f')).toEqual({ a: [64, 'M'], b: { c: 0.001 } });
    expect(parseDocument('{"a": 1}', 'f')).toEqual({ a: 1 });
  });
  it.each([
    ['a: [1', /f\.yaml can't be read[\s\S]*line 1/],
    ['a: 1\na: 2', /unique/],
    ['- 1', /mapping/],
    ['', /mapping/],
    ['a: *b', /f\.yaml can't be read: Unresolved alias/],
    [BILLION_LAUGHS, /f\.yaml can't be read: Excessive alias count/],
  ])('refuses %j', (text, message) => {
    expect(() => parseDocument(text, 'f.yaml')).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(message) }),
    );
  });
});

describe('applyOverrides', () => {
  it('sets values of every type, in lists and through shorthands, and leaves the original alone', () => {
    const document = { architecture: 'vgg', probes: ['dead-units'] };
    const changed = applyOverrides(document, [
      'architecture.width=0.5',
      'probes.0.epsilon=0.2',
      'probes.1=x',
      'a.b.c=[64, M]',
      'n=x=y',
    ]);
    expect(changed).toEqual({
      architecture: { kind: 'vgg', width: 0.5 },
      probes: [{ kind: 'dead-units', epsilon: 0.2 }, 'x'],
      a: { b: { c: [64, 'M'] } },
      n: 'x=y',
    });
    expect(document).toEqual({ architecture: 'vgg', probes: ['dead-units'] });
  });
  it('changes one place only, also where an alias shares its value with another', () => {
    const document = parseDocument('a: &x {n: 1}\nb: *x\nc: [*x, *x]', 'f');
    expect(applyOverrides(document, ['a.n=2', 'c.0.n=3'])).toEqual({
      a: { n: 2 },
      b: { n: 1 },
      c: [{ n: 3 }, { n: 1 }],
    });
  });
  it.each(['epochs', '=1', 'a..b=1', '__proto__.x=1', 'probes.x=1', 'probes.3=1', 'a=[1'])('refuses %j', (override) => {
    expect(() => applyOverrides({ probes: ['a'] }, [override])).toThrow(/--set/);
  });
});

describe('experimentJsonSchema', () => {
  it('describes every plugin, with the shorthand', () => {
    const schema = experimentJsonSchema(plugins) as {
      anyOf: { properties: Record<string, unknown>; required?: string[] }[];
    };
    const text = JSON.stringify(schema.anyOf[0].properties.architecture);
    expect(text).toContain('"enum":["vgg"]');
    expect(text).toContain('"const":"vgg"');
    expect(schema.anyOf[0].required).toEqual(['architecture']);
    expect(JSON.stringify(schema.anyOf[0].properties.interventions)).toContain('"everySteps"');
    expect(schema.anyOf[1].properties).toHaveProperty('simulation');
  });
});

it('a training experiment is typed', () => {
  const experiment = resolve({ architecture: 'vgg' }) as TrainingExperiment;
  expect(experiment.training.epochs + 1).toBe(11);
});
