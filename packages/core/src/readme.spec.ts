import { readFile } from 'node:fs/promises';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { input, layers, model } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { readNetwork } from './index.js';

it('does what the README says', async () => {
  await setBackend('cpu');
  const printed: string[] = [];
  const console = { log: (...words: unknown[]) => printed.push(words.join(' ')) };
  // <example>
  const block = layers.reLU({ name: 'relu' });
  const image = input({ shape: [8, 8, 3], name: 'image' });
  const stem = layers
    .conv2d({ name: 'stem', filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' })
    .apply(image);
  const inner = block.apply(layers.conv2d({ name: 'conv', filters: 4, kernelSize: 3, padding: 'same' }).apply(stem));
  const outer = block.apply(layers.add({ name: 'sum' }).apply([stem as never, inner as never]));
  const network = readNetwork(model({ inputs: image, outputs: outer as never }));

  for (const site of network.sites) console.log(site.depth, site.name, site.units, site.positions, site.skip);
  // </example>
  const source = await readFile(new URL(import.meta.url), 'utf8');
  const example = /\/\/ <example>\n(.*?)\n *\/\/ <\/example>/s.exec(source)![1].replaceAll(/^ {2}/gm, '');
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${example}\n\`\`\``);
  expect(readme).toContain(`\`\`\`text\n${printed.join('\n')}\n\`\`\``);
});
