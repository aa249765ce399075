export { engineConformance } from './conformance/engine-conformance.js';
export { followConformance } from './conformance/follow-suite.js';
export { expectReluctantError } from './expect-reluctant-error.js';
export { denseSample, denseSite } from './fakes/dense-sample.js';
export { memoryDataset, memoryDatasetOptions, type MemoryDatasetOptions } from './fakes/memory-dataset.js';
export { MemoryRunStore } from './fakes/memory-run-store.js';
export { memorySplit } from './fakes/memory-split.js';
export { expectReadings } from './fixtures/expect-readings.js';
export { drawBatch, drawParameters } from './fixtures/fixture-inputs.js';
export type { FixtureReadings, FixtureTaps, PytorchFixture } from './fixtures/pytorch-fixture.js';
export { pytorchFixtures } from './fixtures/pytorch-fixtures.js';
export { FIXTURE_MODELS, fixtureModel } from './networks/fixture-models.js';
export { randomNetwork, randomPlan } from './networks/random-network.js';
export { decisionMargin, referenceLoss, referenceNetwork } from './reference/reference-network.js';
export {
  noPadding,
  referenceForward,
  type Reference,
  type ReferenceMode,
  type ReferenceParameters,
} from './reference/reference-operations.js';
export { allTaps } from './conformance/engine-bench.js';
export { expectClose } from './conformance/expect-close.js';
export { plantedNetwork, type PlantedNetwork, type PlantedOptions } from './networks/planted-network.js';
export { forwardConformance, type ForwardCase } from './architectures/forward-conformance.js';
