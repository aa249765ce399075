import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { forwardConformance, type ForwardCase } from '@reluctant/core/testing';
import { resnet } from './resnet.js';

forwardConformance(
  resnet,
  JSON.parse(readFileSync(new URL('./fixtures/forward.json', import.meta.url), 'utf8')) as readonly ForwardCase[],
);
