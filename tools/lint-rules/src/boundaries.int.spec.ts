import { fileURLToPath } from 'node:url';
import { createProjectGraphAsync, readCachedProjectGraph } from '@nx/devkit';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const BOUNDARIES = '@nx/enforce-module-boundaries';
const RESTRICTED = 'no-restricted-imports';

const LAYERS = {
  'layer:core': ['core'],
  'layer:plugin': [
    'arch-resnet',
    'arch-vgg',
    'datasets',
    'engine-onnx',
    'engine-tensorflow',
    'export',
    'interventions',
    'probes',
    'query',
    'report',
    'single-unit',
    'store',
  ],
  'layer:cli': ['cli'],
};
const PLUGINS = LAYERS['layer:plugin'];

let eslint: ESLint;

/** The rules that an import of `specifier` breaks in a file, which need not exist. */
async function broken(file: string, specifier: string): Promise<readonly (string | null)[]> {
  const [{ messages }] = await eslint.lintText(`import '${specifier}';\n`, { filePath: `${repository}${file}` });
  return messages.map(({ ruleId }) => ruleId);
}

beforeAll(async () => {
  // Without a cached graph the rule about layers warns once and then lets everything pass.
  process.env.NX_DAEMON = 'false';
  await createProjectGraphAsync();
  eslint = new ESLint({ cwd: repository });
}, 240_000);

describe('layers', () => {
  it('are what the project graph knows of every package', () => {
    const { nodes } = readCachedProjectGraph();
    for (const [layer, packages] of Object.entries(LAYERS)) {
      for (const name of packages) expect(nodes[`@reluctant/${name}`]?.data.tags, name).toContain(layer);
    }
    const untagged = Object.values(nodes).filter(({ data }) => !data.tags?.some((tag) => tag.startsWith('layer:')));
    expect(untagged.map(({ name }) => name).filter((name) => name.startsWith('@reluctant/'))).toEqual([]);
  });

  it.each([...PLUGINS, 'cli'])('core may not import %s', async (name) => {
    expect(await broken('packages/core/src/example.ts', `@reluctant/${name}`)).toEqual([BOUNDARIES]);
  });

  it.each(PLUGINS)('%s may import core, but no other plugin and not the cli', async (name) => {
    const file = `packages/${name}/src/example.ts`;
    const other = name === 'probes' ? 'store' : 'probes';
    expect(await broken(file, '@reluctant/core')).toEqual([]);
    expect(await broken(file, `@reluctant/${other}`)).toEqual([BOUNDARIES]);
    expect(await broken(file, '@reluctant/cli')).toEqual([BOUNDARIES]);
  });

  it('keep what is loaded only when it is needed from being imported at once', async () => {
    expect(await broken('packages/cli/src/example.ts', '@reluctant/query')).toEqual([BOUNDARIES]);
  });

  it.each(['core', ...PLUGINS.filter((name) => name !== 'query')])(
    'the cli and the tools may import %s',
    async (name) => {
      for (const file of ['packages/cli/src/example.ts', 'tools/bench/src/example.ts']) {
        expect(await broken(file, `@reluctant/${name}`), file).toEqual([]);
      }
    },
  );

  it('hold in tests too, and for paths into other packages and the tools, which export nothing', async () => {
    expect(await broken('packages/probes/src/example.spec.ts', '@reluctant/store')).toEqual([BOUNDARIES]);
    expect(await broken('packages/cli/src/example.ts', '../../../tools/bench/src/stats.js')).toEqual([BOUNDARIES]);
    expect(await broken('packages/cli/src/example.ts', '../../probes/src/index.js')).toEqual([BOUNDARIES]);
  });
});

describe('the file system', () => {
  const modules = ['fs', 'fs/promises', 'node:fs', 'node:fs/promises'];
  const without = [
    'core',
    'arch-vgg',
    'arch-resnet',
    'probes',
    'interventions',
    'single-unit',
    'engine-onnx',
    'engine-tensorflow',
  ];

  it.each(without)('is not touched by %s', async (name) => {
    for (const module of modules) {
      expect(await broken(`packages/${name}/src/deep/example.ts`, module), module).toEqual([RESTRICTED]);
    }
  });

  it.each(['datasets', 'store', 'report', 'export', 'query', 'cli'])('may be used by %s', async (name) => {
    for (const module of modules) expect(await broken(`packages/${name}/src/example.ts`, module), module).toEqual([]);
  });

  it('may be used by any test', async () => {
    expect(await broken('packages/probes/src/example.spec.ts', 'node:fs')).toEqual([]);
  });
});

describe('libraries that compute', () => {
  const owners: Readonly<Record<string, readonly string[]>> = {
    'onnxruntime-node': ['engine-onnx'],
    'onnxruntime-common': ['engine-onnx'],
    '@tensorflow/tfjs-node': ['engine-tensorflow'],
    '@tensorflow/tfjs-node-gpu': ['engine-tensorflow'],
    '@tensorflow/tfjs-backend-cpu': ['engine-onnx', 'engine-tensorflow'],
  };

  it.each(Object.entries(owners))('%s belongs to %j', async (library, names) => {
    for (const name of ['core', 'cli', ...PLUGINS]) {
      const expected = names.includes(name) ? [] : [RESTRICTED];
      expect(await broken(`packages/${name}/src/example.ts`, library), name).toEqual(expected);
    }
  });

  it('leave the tfjs API to architectures, and its backends to their tests', async () => {
    for (const library of ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers']) {
      expect(await broken('packages/arch-vgg/src/example.ts', library)).toEqual([]);
    }
    expect(await broken('packages/arch-vgg/src/example.spec.ts', '@tensorflow/tfjs-backend-cpu')).toEqual([]);
  });
});
