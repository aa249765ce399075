export { EXIT_CODES, ReluctantError, type ErrorCode, type Issue } from './errors.js';
export type { OptionsSchema, Plugin } from './plugin/plugin.js';
export { serviceIdentifier } from './plugin/service-identifier.js';
export { didYouMean, pluginRegistry, unknownKindMessage, type PluginRegistry } from './plugin/plugin-registry.js';
export { createEventBus, EventBus, type EventConsumer } from './events/event-bus.js';
export type { EventBody, EventOf, EventType, RunStatus, Stamp, TrainingEvent } from './events/training-event.js';
export {
  Dataset,
  type Batch,
  type BatchOptions,
  type InputRange,
  type LoadContext,
  type LoadedDataset,
  type Split,
  type Task,
} from './dataset/dataset.js';
export { prefetch } from './dataset/prefetch.js';
export type {
  GraphNode,
  NetworkGraph,
  Operation,
  OperationName,
  Padding,
  Parameter,
  ParameterRole,
  Shape,
} from './graph/graph.js';
export type { Network, ReluSite } from './graph/network.js';
export {
  unitWiring,
  type IncomingWeights,
  type Norm,
  type OutgoingWeights,
  type UnitWiring,
} from './graph/unit-wiring.js';
export { shiftOf, type Shift } from './graph/shift-of.js';
export { readNetwork } from './graph/read-network.js';
export { readParameters, writeParameters } from './graph/parameters.js';
export { leakOf, leakSlopeName, withLeaks, withoutLeaks } from './graph/with-leaks.js';
export { unitMaskName, withUnitMasks } from './graph/with-unit-masks.js';
export { evaluateTaps } from './forward/evaluate-taps.js';
export { evaluationForward, evaluationTaps } from './forward/evaluation-pass.js';
export { forward } from './forward/forward.js';
export type { ForwardContext } from './forward/operations/kernel.js';
export { requireKnownOperations } from './forward/require-known-operations.js';
export { preactivationOf, readTaps, tapStatistics, type TapTensors } from './forward/tap-statistics.js';
export { PadChannels, type PadChannelsOptions } from './graph/pad-channels.js';
export type { SelfDescribingLayer } from './graph/layers/read-layer.js';
export { Architecture } from './graph/architecture.js';
export type { InitializerFactory, LayerInitializers } from './initializer/initializer.js';
export { optimizerSpecSchema, type OptimizerKind, type OptimizerSpec } from './optimizer/optimizer-spec.js';
export {
  decayOf,
  numberAlgebra,
  parameterOfSlot,
  slotName,
  updateRule,
  type Algebra,
  type UpdateArguments,
  type UpdateRule,
} from './optimizer/update-rule.js';
export type { NamedArray, NamedArrays } from './engine/named-arrays.js';
export { drawDropoutMask } from './engine/draw-dropout-mask.js';
export { requireComputableTaps } from './engine/require-computable-taps.js';
export { requireValidBatch } from './engine/require-valid-batch.js';
export {
  Engine,
  type EngineStatus,
  type EvaluationOptions,
  type EvaluationResult,
  type Hyperparameters,
  type LossSpec,
  type OpeningContext,
  type Session,
  type StepResult,
  type TrainingPlan,
} from './engine/engine.js';
export { TuningMemory, type TuningKey } from './engine/tuning-memory.js';
export {
  ACTIVATION_LEVELS,
  STATISTICS,
  UNIT_STATISTICS,
  type Statistic,
  type StatisticValues,
} from './probe/statistic.js';
export { isGradient, type Tap, type TapPoint, type TapSample, type TapSeries, type TapValue } from './probe/tap.js';
export { observedSites, sitesSchema, type SiteSelection } from './probe/observed-sites.js';
export type { InspectedNetwork } from './probe/inspected-network.js';
export { Probe, type ProbeContext, type ProbeOutput, type Reading, type UnitTransition } from './probe/probe.js';
export {
  Intervention,
  type AppliedIntervention,
  type InterventionContext,
  type InterventionResult,
  type InterventionTap,
  type WithheldIntervention,
} from './intervention/intervention.js';
export { interventionTimingSchema, type InterventionTiming } from './intervention/intervention-timing.js';
export { StateEdit } from './intervention/state-edit.js';
export { Random } from './random/random.js';
export { runInTimeSlices } from './run-in-time-slices.js';
export type { JsonValue } from './simulation/json-value.js';
export { Simulation, type SimulationBody, type SimulationContext } from './simulation/simulation.js';
export type { SimulationMap } from './simulation/simulation-map.js';
export type { SimulationNote } from './simulation/simulation-note.js';
export type { SimulationSeries } from './simulation/simulation-series.js';
export type { SimulationCell, SimulationTable } from './simulation/simulation-table.js';
export { theoryDeviation, theoryDeviations, type TheoryDeviation } from './simulation/theory-deviation.js';
export type { TheorySeries } from './simulation/theory-series.js';
export { runManifestSchema, type RunManifest } from './store/run-manifest.js';
export {
  RunStore,
  type Checkpoint,
  type FollowOptions,
  type LogBatch,
  type ReadingFilter,
  type RunReader,
  type RunSummary,
  type RunWriter,
} from './store/run-store.js';
export { toLogEntry, type LogEntry } from './store/log-entry.js';
export { mergeSamples, mergeStatistics } from './measurement/merge-statistics.js';
export { mergeTaps } from './measurement/merge-taps.js';
export { TapWindow } from './measurement/tap-window.js';
export { scheduleSpecSchema, type ScheduleSpec } from './schedule/schedule-spec.js';
export { learningRateAt, type TrainingProgress } from './schedule/learning-rate-at.js';
export { createContainer, loadPlugins, plugins, type Plugins } from './plugin/plugins.js';
export { applyOverrides } from './config/apply-overrides.js';
export {
  isSimulation,
  type Choice,
  type Experiment,
  type InterventionChoice,
  type MeasurementOptions,
  type SimulationExperiment,
  type TrainingExperiment,
  type TrainingOptions,
} from './config/experiment.js';
export { DEFAULT_CHOICES, experimentJsonSchema } from './config/experiment-schema.js';
export { parseDocument } from './config/parse-document.js';
export { resolveExperiment } from './config/resolve-experiment.js';
export { validateDocument } from './config/validate-document.js';
export { betaCdf, betaQuantile } from './measurement/beta-distribution.js';
export { dormantScores } from './measurement/dormant-scores.js';
export {
  clopperPearsonInterval,
  clopperPearsonUpper,
  neverFiredUpperBound,
  wilsonInterval,
  type Interval,
} from './measurement/intervals.js';
export { meanShareInterval } from './measurement/mean-share-interval.js';
export {
  activationProbabilities,
  elementSparsity,
  mean,
  participationRatio,
  perElement,
  quantile,
  standardDeviation,
} from './measurement/moments.js';
export { bootstrapMeanInterval, ClusterResamples } from './measurement/bootstrap.js';
export { kendallTau } from './measurement/kendall-tau.js';
export { varianceComponents, type VarianceComponents } from './measurement/variance-components.js';
export { crossedMeanInterval, meanInterval, type EstimatedMean } from './measurement/crossed-mean.js';
export { mcNemarProbability, pairedDifferenceInterval, type PairedCounts } from './measurement/paired-proportions.js';
export { theilSen, type TrendLine } from './measurement/theil-sen.js';
export { recoveredDifference, welchDifference } from './measurement/mean-difference.js';
export { studentQuantile } from './measurement/student-t.js';
export { normalCdf, normalDensity, normalQuantile } from './measurement/normal-distribution.js';
export { TapWindows } from './measurement/tap-windows.js';
export { deadSpells, type DeadSpell } from './life-cycle/dead-spells.js';
export { kaplanMeier, type Subject, type SurvivalPoint } from './life-cycle/kaplan-meier.js';
export { lifeCycle, type LifeCycle, type LookSurvival } from './life-cycle/life-cycle.js';
export { looksOf, type Look, type Place } from './life-cycle/looks.js';
export type { RevivalCount, Revivals } from './life-cycle/revivals.js';
export { lookAgain, UNSEEN, type SiteLife } from './life-cycle/site-life.js';
export {
  agreement,
  type Agreement,
  type Containment,
  type DefinitionCount,
  type PairAgreement,
} from './agreement/agreement.js';
export { flagUnits, type FlagOptions, type SiteRecord } from './agreement/flag-units.js';
export { listen, stepsSilent, UNHEARD, type Heard } from './agreement/listen.js';
export { siteRecords } from './agreement/site-records.js';
export { silentSteps, type SilentSteps } from './agreement/silent-steps.js';
export {
  nameOfDefinition,
  UNIT_DEFINITIONS,
  type UnitDefinition,
  type UnitFlags,
} from './agreement/unit-definitions.js';
export { Environment } from './experiment/environment.js';
export { openInitialNetwork, type InitialNetwork } from './experiment/initial-network.js';
export { selectEngine, type SelectedEngine } from './experiment/select-engine.js';
export type { RunOptions, RunOutcome } from './experiment/record-run.js';
export type { PreparationOptions } from './experiment/prepare-network.js';
export { predictSplit, type PredictionOptions, type Predictions } from './experiment/predict-split.js';
export { recordedExperiment } from './experiment/recorded-experiment.js';
export {
  recordedCheckpoint,
  withRecordedNetwork,
  type RecordedNetwork,
  type RecordedNetworkOptions,
} from './experiment/recorded-network.js';
export { resumeExperiment, runExperiment } from './experiment/run-experiment.js';
export { createInitializerFactory } from './initializer/create-initializer-factory.js';
export { initializerSpecSchema, type InitializerSpec } from './initializer/initializer-spec.js';
export { drawLayer, type DrawnLayer } from './initializer/draw-layer.js';
export { drawKernel, type KernelSpec } from './initializer/draw-kernel.js';
export { drawRandomizedAsymmetric } from './initializer/draw-randomized-asymmetric.js';
