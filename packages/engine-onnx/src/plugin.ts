import { Engine } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { onnxEngine } from './engine.js';

export default new ContainerModule(({ bind }) => {
  bind(Engine).toConstantValue(onnxEngine);
});
