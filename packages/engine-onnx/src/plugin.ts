import { Engine, TuningMemory } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { createOnnxEngine, onnxEngine } from './engine.js';
import { openRuntime } from './runtime/open-runtime.js';

export default new ContainerModule(({ bind }) => {
  bind(Engine)
    .toDynamicValue((context) => {
      const memory = context.get(TuningMemory, { optional: true });
      return memory === undefined ? onnxEngine : createOnnxEngine(openRuntime, memory);
    })
    .inSingletonScope();
});
