import { defineConfig } from 'vitest/config';

/** One configuration for every package: `npx vitest --dir packages/NAME`, `npx nx test @reluctant/NAME`, or all of them at once. */
export default defineConfig({
  // Workspace packages resolve to their TypeScript sources, so a test never sees a stale build.
  resolve: { conditions: ['@reluctant/source', 'node', 'module', 'default'] },
  ssr: { resolve: { conditions: ['@reluctant/source', 'node', 'module', 'default'] } },
  test: {
    include: ['**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Files of one worker share what they import: loading it anew for each took two thirds of a run's time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
});
