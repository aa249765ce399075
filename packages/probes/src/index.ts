export { default as probesModule } from './plugin.js';
export {
  ablate,
  ablationPasses,
  type Ablation,
  type AblationOnSplit,
  type AblationPlan,
  type AblationScope,
  type PredictWithout,
  type WholeNetwork,
} from './ablation/ablate.js';
export type { AccuracyChange, AblationEffect } from './ablation/compare-outcomes.js';
export { drawLiveUnits } from './ablation/draw-live-units.js';
export type { RandomEffect, SetMean } from './ablation/random-effect.js';
export { countUnits, type UnitSelection } from './ablation/unit-selection.js';
export {
  activationHistogram,
  activationHistogramOptions,
  type ActivationHistogramOptions,
} from './activation-histogram/activation-histogram.js';
export {
  activationProbability,
  activationProbabilityOptions,
  type ActivationProbabilityOptions,
} from './activation-probability/activation-probability.js';
export {
  activationStats,
  activationStatsOptions,
  type ActivationStatsOptions,
} from './activation-stats/activation-stats.js';
export {
  batchNormTheory,
  batchNormTheoryOptions,
  type BatchNormTheoryOptions,
} from './batch-norm-theory/batch-norm-theory.js';
export { certifiedDead, certifiedDeadOptions, type CertifiedDeadOptions } from './certified-dead/certified-dead.js';
export { certifyDead, type SiteCertificate } from './certified-dead/certify-dead.js';
export { deadUnits, deadUnitsOptions, type DeadUnitsOptions } from './dead-units/dead-units.js';
export { dormant, dormantOptions, type DormantOptions } from './dormant/dormant.js';
export { gradient, gradientOptions, type GradientOptions } from './gradient/gradient.js';
export {
  positionActivation,
  positionActivationOptions,
  type PositionActivationOptions,
} from './position-activation/position-activation.js';
export { preActivation, preActivationOptions, type PreActivationOptions } from './pre-activation/pre-activation.js';
export { silence, silenceOptions, type SilenceOptions } from './silence/silence.js';
export { unitLifecycle, unitLifecycleOptions, type UnitLifecycleOptions } from './unit-lifecycle/unit-lifecycle.js';
export { utility, utilityOptions, type UtilityOptions } from './utility/utility.js';
export { watch } from './watch/watch.js';
export type { WatchedProbe, WatchOptions } from './watch/watch-options.js';
export type { WatchedLayer, WatchReport } from './watch/watch-report.js';
export type { Watcher, WatchPosition } from './watch/watcher.js';
export {
  bornDeadEstimate,
  type BornDeadEstimate,
  type LayerEstimate,
  type MeanShare,
  type Proportion,
} from './born-dead/born-dead-estimate.js';
export { bornDeadLowerBound } from './born-dead/born-dead-lower-bound.js';
export { BornDeadTally } from './born-dead/born-dead-tally.js';
export { compareWithExpectation, type ComparedExpectation } from './born-dead/compare-with-expectation.js';
export { deadOnOrthant } from './born-dead/dead-on-orthant.js';
export type { Expectation } from './born-dead/expectation.js';
export { expectations } from './born-dead/expectations.js';
export { biasesOf, fullyConnectedSchema, type FullyConnected } from './born-dead/fully-connected.js';
export { inputPoints, reachOf } from './born-dead/input-points.js';
export { onePointProbability } from './born-dead/one-point-probability.js';
export { tallyNetworks, type TallyOptions } from './born-dead/tally-networks.js';
