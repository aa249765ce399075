import { join } from 'node:path';
import { vggModule } from '@reluctant/arch-vgg';
import { resnetModule } from '@reluctant/arch-resnet';
import { createContainer, Environment, loadPlugins } from '@reluctant/core';
import { cacheFolder, datasetsModule, processSurroundings } from '@reluctant/datasets';
import { engineOnnxModule } from '@reluctant/engine-onnx';
import { engineTensorflowModule } from '@reluctant/engine-tensorflow';
import { interventionsModule } from '@reluctant/interventions';
import { probesModule } from '@reluctant/probes';
import { singleUnitModule } from '@reluctant/single-unit';
import { storeModule, tuningMemoryModule } from '@reluctant/store';
import { ContainerModule, type Container } from 'inversify';
import { describeEnvironment } from './environment.js';
import { importFrom } from './import-from.js';

export interface Composition {
  /** Folder that holds the runs. */
  readonly runs: string;
  /** Third-party plugin modules from the command line, relative to the working directory. */
  readonly plugins: readonly string[];
}

/** The container with every plugin of this program and those asked for. */
export async function compose({ runs, plugins }: Composition): Promise<Container> {
  const environmentModule = new ContainerModule(({ bind }) => {
    bind(Environment).toConstantValue(describeEnvironment());
  });
  const container = await createContainer([
    datasetsModule,
    vggModule,
    resnetModule,
    probesModule,
    interventionsModule,
    singleUnitModule,
    engineOnnxModule,
    engineTensorflowModule,
    storeModule(runs),
    tuningMemoryModule(join(cacheFolder(processSurroundings()), 'tuning')),
    environmentModule,
  ]);
  await loadPlugins(container, plugins, importFrom(process.cwd()));
  return container;
}
