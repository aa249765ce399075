export { evaluateCases, type EvaluatedCase } from './evaluation/evaluate-cases.js';
export { default as singleUnitModule } from './plugin.js';
export { singleUnitSimulation } from './simulation/single-unit-simulation.js';
export { singleUnitOptionsSchema, type SingleUnitOptions } from './simulation/options.js';
export type { InputMoments } from './model/input-moments.js';
export type { TeacherKind } from './model/teacher.js';
export type { RuleKind, UpdateRule } from './model/update-rule.js';
export { evaluateState, type StateEvaluation } from './theory/evaluate.js';
export type { TheoryModel } from './theory/theory-model.js';
export { drift } from './theory/drift/drift.js';
export { driftOverDensity, type ScaledDrift } from './theory/drift/drift-over-density.js';
export { errorGatedDrift } from './theory/drift/error-gated-drift.js';
export { genericTeacherDrift } from './theory/drift/generic-teacher-drift.js';
export { signErrorDrift } from './theory/drift/sign-error-drift.js';
export type { GenericTeacher } from './theory/drift/teacher-quadrature.js';
export type { EvolutionPoint, Start, TrainedUnit } from './theory/evolution/trained-unit.js';
export { CLOSURES, evolve, type ClosureKind, type WeightEvolution } from './theory/evolution/evolve.js';
export { exactLinearTeacher } from './theory/evolution/exact-linear-teacher.js';
export { firstCrossing, flowAt, meanFieldFlow, type FlowPoint } from './theory/evolution/mean-field-flow.js';
export { largeInputLimit, type LimitPoint } from './theory/evolution/large-input-limit.js';
export {
  planarModel,
  planarMotion,
  planarWeights,
  type PlanarMotion,
  type PlanarWeights,
} from './theory/evolution/planar-model.js';
export { plateauEscapeTime } from './theory/evolution/plateau-escape.js';
export { fixedPoints, type FixedPoint } from './theory/fixed-points.js';
export { convergenceRates, timeConstant } from './theory/rates/convergence-rates.js';
export { convergenceTimes } from './theory/rates/convergence-times.js';
export { offsetInputRates } from './theory/rates/offset-input-rates.js';
export { whiteBiasRates, type WhiteBiasRates } from './theory/rates/white-bias-rates.js';
export { meanSquareOperators, type MeanSquareOperators } from './theory/stability/mean-square-operators.js';
export {
  fastestStepSize,
  meanSquareContraction,
  meanSquareStepSizeBound,
  meanStepSizeBound,
  whiteStepSizeBound,
} from './theory/stability/step-size-bounds.js';
export { steadyState, whiteExcessError, type SteadyState } from './theory/stability/steady-state.js';
export {
  activationMotion,
  deepDeadMotion,
  type ActivationMotion,
  type DeepDeadMotion,
} from './theory/death/activation-motion.js';
export { criticalOverlap, diesBy, type DeathCriterion } from './theory/death/basin.js';
export { deathProbability, type GaussianStart } from './theory/death/death-probability.js';
export { marginalDeathEstimate } from './theory/death/marginal-estimate.js';
export { noSignalShrinkage, noSignalThreshold, noSignalTime } from './theory/death/no-signal-law.js';
export { noiseOccupation } from './theory/death/noise-occupation.js';
export {
  unitOptionsSchema,
  unitOptionsShape,
  checkUnit,
  checkInitialization,
  type UnitOptions,
} from './model/unit-options.js';
export { unitModel, type UnitModel } from './model/unit-model.js';
export { initializationName, initializationSchema, type InitializationOptions } from './model/initializations.js';
export { imagePatches, type Images } from './model/image-patches.js';
export {
  simulate,
  type SimulationContext,
  type SimulationOptions,
  type SimulationProgress,
} from './simulation/simulate.js';
export { SimulationWorkers } from './simulation/simulation-workers.js';
export { QUANTILE_LEVELS, type MeanCurve, type SimulationResult } from './simulation/simulation-result.js';
export { instantiateKernel } from './simulation/kernel-module.js';
