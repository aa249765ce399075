import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { forwardConformance, type ForwardCase } from '@reluctant/core/testing';
import { vgg } from './vgg.js';

forwardConformance(
  vgg,
  JSON.parse(readFileSync(new URL('./fixtures/forward.json', import.meta.url), 'utf8')) as readonly ForwardCase[],
);
