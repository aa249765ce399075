import { Intervention } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { leakyRelu } from './leaky-relu/leaky-relu.js';
import { redo } from './redo/redo.js';
import { reinitializeBias } from './reinitialize-bias/reinitialize-bias.js';

export default new ContainerModule(({ bind }) => {
  bind(Intervention).toConstantValue(redo);
  bind(Intervention).toConstantValue(reinitializeBias);
  bind(Intervention).toConstantValue(leakyRelu);
});
