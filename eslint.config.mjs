import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const FILE_SYSTEM = ['fs', 'fs/promises', 'node:fs', 'node:fs/promises'].map((name) => ({
  name,
  message: 'Only datasets, store, report, export, query, cli and tools touch the file system.',
}));
const ONNX_RUNTIME = { group: ['onnxruntime-*'], message: 'ONNX Runtime belongs to engine-onnx.' };
const NATIVE_TENSORFLOW = { group: ['@tensorflow/tfjs-node*'], message: 'tfjs-node belongs to engine-tensorflow.' };
const TFJS_BACKENDS = {
  group: ['@tensorflow/tfjs-backend-*'],
  message: 'Only engines and tests choose a tfjs backend.',
};

/** Imports refused in the sources of the given packages. */
const restrict = (packages, { paths = [], patterns = [] }) => ({
  files: packages.map((name) => `packages/${name}/src/**/*.{ts,tsx}`),
  ignores: ['**/*.spec.ts', '**/testing/**'],
  rules: { 'no-restricted-imports': ['error', { paths, patterns }] },
});

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/test-results/**',
      '.nx/**',
      'runs/**',
      '**/fixtures/**',
      '**/generated/**',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs'],
    plugins: { '@nx': nx },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          banTransitiveDependencies: false,
          allow: [],
          depConstraints: [
            { sourceTag: 'layer:core', onlyDependOnLibsWithTags: ['layer:core'] },
            { sourceTag: 'layer:plugin', onlyDependOnLibsWithTags: ['layer:core'] },
            { sourceTag: 'layer:cli', onlyDependOnLibsWithTags: ['layer:core', 'layer:plugin'] },
            { sourceTag: 'layer:tools', onlyDependOnLibsWithTags: ['layer:core', 'layer:plugin', 'layer:cli'] },
          ],
        },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A contract and its service identifier share one name: the interface is the type, the constant the key.
      '@typescript-eslint/no-redeclare': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  restrict(['core', 'arch-*', 'probe-*', 'probes', 'intervention-*', 'interventions', 'single-unit'], {
    paths: FILE_SYSTEM,
    patterns: [ONNX_RUNTIME, NATIVE_TENSORFLOW, TFJS_BACKENDS],
  }),
  restrict(['datasets', 'dataset-*', 'store', 'report', 'export', 'query', 'cli'], {
    patterns: [ONNX_RUNTIME, NATIVE_TENSORFLOW, TFJS_BACKENDS],
  }),
  restrict(['engine-onnx'], { paths: FILE_SYSTEM, patterns: [NATIVE_TENSORFLOW] }),
  restrict(['engine-tensorflow'], { paths: FILE_SYSTEM, patterns: [ONNX_RUNTIME] }),
  prettier,
);
