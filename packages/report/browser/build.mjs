// Builds what runs in a browser into `generated/`: the live page with its assets, and the script that a report carries in itself.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, runnerImport } from 'vite';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const shared = {
  configFile: false,
  logLevel: 'warn',
  resolve: { conditions: ['@reluctant/source', 'browser', 'module', 'default'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

const { module } = await runnerImport(join(project, 'src', 'html', 'tokens.ts'), { configFile: false });
const tokens = {
  name: 'tokens',
  resolveId: (id) => (id === 'virtual:tokens.css' ? id : undefined),
  load: (id) => (id === 'virtual:tokens.css' ? module.TOKENS : undefined),
};

await build({
  ...shared,
  root: join(project, 'src', 'live', 'page'),
  base: './',
  plugins: [tokens],
  build: {
    outDir: join(project, 'generated', 'page'),
    emptyOutDir: true,
    // The page's policy for content refuses `data:` sources, so that nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The renderer of charts, which is loaded when there is one to draw.
    chunkSizeWarningLimit: 600,
    target: 'es2022',
  },
});

await build({
  ...shared,
  root: project,
  build: {
    outDir: join(project, 'generated', 'report'),
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: join(project, 'src', 'report-script', 'main.ts'),
      formats: ['iife'],
      name: 'report',
      fileName: () => 'script.js',
    },
  },
});
