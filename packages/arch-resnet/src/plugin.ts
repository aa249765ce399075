import { Architecture } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { resnet } from './resnet.js';

export default new ContainerModule(({ bind }) => {
  bind(Architecture).toConstantValue(resnet);
});
