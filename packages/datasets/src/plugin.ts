import { Dataset } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { auto } from './auto/auto.js';
import { cifar10 } from './cifar10/cifar10.js';
import { idx } from './idx/idx.js';
import { imageFolder } from './image-folder/image-folder.js';
import { textures } from './textures/textures.js';

export default new ContainerModule(({ bind }) => {
  for (const dataset of [auto, cifar10, idx, imageFolder, textures]) bind(Dataset).toConstantValue(dataset);
});
