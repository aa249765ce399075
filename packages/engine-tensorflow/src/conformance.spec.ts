import { engineConformance } from '@reluctant/core/testing';
import { it } from 'vitest';
import { cpuEngine, tensorflowEngine } from './engines.js';

engineConformance('cpu', () => cpuEngine);

const { available, reason } = await tensorflowEngine.status({});
if (available) engineConformance('tensorflow', () => tensorflowEngine);
else it.skip(`the engine contract, held by "tensorflow": ${reason}`);
