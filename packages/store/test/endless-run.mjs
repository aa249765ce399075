// A process that records a run until it is killed: `node endless-run.mjs ROOT`. Prints the run's id when it begins.
import { createViteServer } from 'vitest/node';

const server = await createViteServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
  ssr: { resolve: { conditions: ['@reluctant/source', 'node', 'import', 'module', 'default'] } },
});
const load = (path) => server.ssrLoadModule(new URL(path, import.meta.url).pathname);
const { createRunStore } = await load('../src/index.ts');
const { checkpointAt, description, someEvents } = await load('./samples.ts');

const { writer } = await createRunStore({ root: process.argv[2] }).create(description);
console.log(writer.id);
for (let seq = 1; ; seq++) {
  const [event] = someEvents(1, seq);
  await writer.consume(event);
  if (seq % 25 === 0) await writer.saveCheckpoint(checkpointAt(seq));
}
