import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { checkpointAt, description, probeReading, step as stepCompleted } from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { createRunStore } from './index.js';

it('does what the README says', async () => {
  const console = { log: vi.fn() };
  const root = temporaryFolder();
  const reading = probeReading(1);
  const step = stepCompleted(2);
  const checkpoint = checkpointAt(1);
  // <example>
  const store = createRunStore({ root });

  // Record.
  const { writer } = await store.create(description);
  await writer.consume(reading);
  await writer.consume(step);
  await writer.saveCheckpoint(checkpoint);
  await writer.close();

  // Read, now or after a restart.
  const reader = await store.open(writer.id);
  const [first] = await reader.readings({ probe: 'dead-units', site: 'conv1/relu' });
  console.log(reader.summary.status, first.units.dead); // running [ 0, 1, 0 ]
  for await (const { step, loss } of reader.events('step.completed')) console.log(step, loss); // 2 0.5

  // Go on where the checkpoint was taken.
  const latest = await reader.latestCheckpoint();
  const resumed = await store.resume(writer.id, latest!);
  await resumed.close();
  // </example>
  expect(console.log.mock.calls).toEqual([
    ['running', [0, 1, 0]],
    [2, 0.5],
  ]);
  expect(latest).toStrictEqual(checkpoint);

  const source = await readFile(fileURLToPath(import.meta.url), 'utf8');
  const example = /\/\/ <example>\n(.*?)\n *\/\/ <\/example>/s.exec(source)![1].replaceAll(/^ {2}/gm, '');
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${example}\n\`\`\``);
});
