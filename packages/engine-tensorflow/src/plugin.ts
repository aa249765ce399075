import { Engine } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { cpuEngine, tensorflowEngine } from './engines.js';

/** Binds the engines `cpu` and `tensorflow`. */
export default new ContainerModule(({ bind }) => {
  bind(Engine).toConstantValue(cpuEngine);
  bind(Engine).toConstantValue(tensorflowEngine);
});
