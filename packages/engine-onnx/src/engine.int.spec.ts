import { engineConformance } from '@reluctant/core/testing';
import { onnxEngine } from './engine.js';

engineConformance('onnx', () => onnxEngine);
