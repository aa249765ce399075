import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { Architecture, createInitializerFactory } from '@reluctant/core';
import { Container } from 'inversify';
import { expect, it } from 'vitest';
import { vgg, vggModule, vggOptionsSchema } from './index.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('runs the example of the README', async () => {
  await tf.setBackend('cpu');
  const options = vggOptionsSchema.parse({ layout: [16, 'M', 32, 'M'], batchNorm: false });
  const initializers = createInitializerFactory({ kind: 'he-normal', bias: 0 }, 1);
  const network = vgg.build(options, { inputShape: [32, 32, 3], classes: 10 }, initializers);
  const sites = network.sites.map(({ name, units, positions }) => `${name}: ${units} units, ${positions} positions`);
  expect(sites).toEqual(['relu1: 16 units, 1024 positions', 'relu2: 32 units, 256 positions']);
  network.model.dispose();

  const example = read('../README.md').match(/```ts\n([^]*?)\n\/\/[^\n]*\n```/)![1];
  const source = read('./index.spec.ts').replace(/\s+/g, ' ');
  expect(source).toContain(example.replace(/\s+/g, ' '));
});

it('binds the architecture', async () => {
  const container = new Container();
  await container.load(vggModule);
  expect(container.getAll(Architecture)).toEqual([vgg]);
});

it('describes every option', () => {
  for (const [name, option] of Object.entries(vggOptionsSchema.shape)) {
    expect(option.description, name).toMatch(/\w{3}/);
    expect(read('../README.md')).toContain(`| \`${name}\``);
  }
});
