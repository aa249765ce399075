import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { Architecture, createInitializerFactory } from '@reluctant/core';
import { Container } from 'inversify';
import { expect, it } from 'vitest';
import { resnet, resnetModule, resnetOptionsSchema } from './index.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('runs the example of the README', async () => {
  await tf.setBackend('cpu');
  const options = resnetOptionsSchema.parse({ depth: 8 });
  const initializers = createInitializerFactory({ kind: 'he-normal', bias: 0 }, 1);
  const network = resnet.build(options, { inputShape: [32, 32, 3], classes: 10 }, initializers);
  const afterAdditions = network.sites.filter(({ skip }) => skip).map(({ name }) => name);
  expect(afterAdditions).toEqual(['stage1_block1_relu2', 'stage2_block1_relu2', 'stage3_block1_relu2']);
  network.model.dispose();

  const example = read('../README.md').match(/```ts\n([^]*?)\n\/\/[^\n]*\n```/)![1];
  const source = read('./index.spec.ts').replace(/\s+/g, ' ');
  expect(source).toContain(example.replace(/\s+/g, ' '));
});

it('binds the architecture', async () => {
  const container = new Container();
  await container.load(resnetModule);
  expect(container.getAll(Architecture)).toEqual([resnet]);
});

it('describes every option', () => {
  for (const [name, option] of Object.entries(resnetOptionsSchema.shape)) {
    expect(option.description, name).toMatch(/\w{3}/);
    expect(read('../README.md')).toContain(`| \`${name}\``);
  }
});
