import { Architecture } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { vgg } from './vgg.js';

export default new ContainerModule(({ bind }) => {
  bind(Architecture).toConstantValue(vgg);
});
