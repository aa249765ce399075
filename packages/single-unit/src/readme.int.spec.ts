import { createContainer, parseDocument, plugins, resolveExperiment, type SimulationSeries } from '@reluctant/core';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as library from './index.js';
import { unitModel } from './model/unit-model.js';
import plugin from './plugin.js';
import { singleUnitOptionsSchema, type SingleUnitOptions } from './simulation/options.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');
const example = /```yaml\n([^`]+)```/.exec(readme)![1];

/** Runs an experiment file as the command line does, some of its options changed. */
async function run(text: string, changes: Partial<SingleUnitOptions> = {}): Promise<Map<string, SimulationSeries>> {
  const registries = plugins(await createContainer([plugin]));
  const experiment = resolveExperiment(parseDocument(text, 'example'), registries, 'example');
  if (!('simulation' in experiment)) throw new Error('The example is no simulation.');
  const curves = new Map<string, SimulationSeries>();
  await registries.simulation.get(experiment.simulation.kind).simulate(
    { ...experiment.simulation, ...changes },
    {
      seed: experiment.seed,
      publish: (event) => {
        if (event.type === 'simulation.sampled')
          curves.set(`${event.series.group}: ${event.series.name}`, event.series);
      },
    },
  );
  return curves;
}

describe('the example of the README', () => {
  const near = 'fixed |w|=1.4 ρ=0.8 b=0';
  const opposite = 'fixed |w|=1.4 ρ=-0.8 b=0';

  it('does what the README says of it', async () => {
    const curves = await run(example);
    const activation = (group: string) => curves.get(`${group}: Pr[y>0]`)!;
    expect([near, opposite].map((group) => activation(group).mean[0])).toEqual([0.5, 0.5]);
    expect(Math.abs(activation(near).mean.at(-1)! - 0.16)).toBeLessThan(0.04);
    expect(activation(opposite).upper.at(-1)).toBeLessThan(0.003);
    // E[d²] of the teacher: (1 + c²) Φ(c) + c φ(c) at c = −1.
    const error = curves.get(`${opposite}: excess squared error`)!;
    expect(error.mean.at(-1)).toBeCloseTo(0.0753, 2);
  });

  it.each([{ rule: 'lms' }, { rule: 'leaky', leak: 0.1 }] as const)('comes back to life with %o', async (changes) => {
    const curves = await run(example, changes);
    expect(curves.get(`${opposite}: Pr[y>0]`)!.lower.at(-1)).toBeGreaterThan(0.16);
  });

  it('has the options of the table, with their defaults', () => {
    const rows = [...readme.matchAll(/^\| `(\w+)` +\| ([^|]+?) +\|/gm)].map(([, name, value]) => [name, value]);
    const table = Object.fromEntries(rows.filter(([name]) => name in singleUnitOptionsSchema.shape));
    expect(Object.keys(table).sort()).toEqual(Object.keys(singleUnitOptionsSchema.shape).sort());
    for (const [name, value] of Object.entries(singleUnitOptionsSchema.parse({}))) {
      if (typeof value !== 'object') expect(table[name].replaceAll('`', ''), name).toBe(String(value));
    }
  });
});

/** What a block of TypeScript that has all of these names in it makes of some of them. */
async function execute(names: readonly string[]): Promise<Record<string, unknown>> {
  const block = [...readme.matchAll(/```ts\n([^`]+)```/g)]
    .map(([, code]) => code)
    .find((c) => names.every((n) => c.includes(n)))!;
  const module = ts.transpileModule(block, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const imported = /import \{ ([^}]+) \} from '@reluctant\/single-unit';/;
  const statement = `const { ${imported.exec(module.outputText)![1]} } = library;`;
  const body = `return (async () => { ${module.outputText.replace(imported, statement)}; return { ${names.join(', ')} }; })()`;
  return (await new Function('library', body)(library)) as Record<string, unknown>;
}

describe('the code of the README', () => {
  it('evaluates a state', async () => {
    const { p, mse, drift } = await execute(['p', 'drift', 'mse']);
    expect(p).toBe(0.5);
    expect(mse).toBeGreaterThan(0.01);
    expect(drift).toHaveLength(3);
  });

  it('simulates a thousand inputs', async () => {
    const { result } = (await execute(['model', 'result'])) as { result: library.SimulationResult };
    expect(result).toMatchObject({ k: [0, 100, 1000], trials: 20_000, method: 'order-parameters' });
    expect(result.activation.mean[0]).toBe(0.5);
  });

  it('asks its questions of examples of their kinds', () => {
    const kinds = { evolve: 'evolution', rates: 'rates', death: 'death', map: 'map' } as Record<string, string>;
    const asked = [...readme.matchAll(/^reluctant single-unit (\w+) (examples\/\S+)$/gm)];
    expect(asked.map(([, question]) => question)).toEqual(Object.keys(kinds));
    for (const [, question, file] of asked) {
      const { kind } = parseDocument(read(`../../../${file}`), file).simulation as { kind: string };
      expect(kind).toBe(`single-unit-${kinds[question]}`);
    }
  });
});

describe('examples/single-unit.yaml', () => {
  it('runs, and spells out the defaults', async () => {
    const text = read('../../../examples/single-unit.yaml');
    const { kind, ...options } = parseDocument(text, 'example').simulation as Record<string, unknown>;
    expect(kind).toBe('single-unit');
    const { teacher, ...given } = singleUnitOptionsSchema.parse(options);
    const { teacher: _, ...defaults } = singleUnitOptionsSchema.parse({});
    expect(given).toEqual(defaults);
    // The teacher's bias is -1 where nothing is said.
    expect(unitModel({ ...given, teacher })).toEqual(unitModel(singleUnitOptionsSchema.parse({})));
    const curves = await run(text, { trials: 2, steps: 20 });
    expect(curves.has('he: Pr[y>0]')).toBe(true);
  });
});
