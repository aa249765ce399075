import { engineConformance } from '@reluctant/core/testing';
import { cpuEngine } from './engines.js';

engineConformance('cpu', () => cpuEngine);
