import { z } from 'zod';
import { initializerSpecSchema } from '../initializer/initializer-spec.js';
import { DEFAULT_TIMING, interventionTimingSchema } from '../intervention/intervention-timing.js';
import { optimizerSpecSchema } from '../optimizer/optimizer-spec.js';
import type { Plugin } from '../plugin/plugin.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import type { Plugins } from '../plugin/plugins.js';
import { scheduleSpecSchema } from '../schedule/schedule-spec.js';
import { isPlainObject } from './parse-document.js';

/** A union whose members are told apart by `kind`. */
type Choices = z.ZodDiscriminatedUnion<readonly z.ZodObject<{ kind: z.ZodLiteral<string> }>[]>;

/** How a choice may be written as the bare name of its kind: expanded when a file is read, described in the JSON Schema. */
type Shorthand = (choices: Choices) => z.ZodType;

const kindsOf = (choices: Choices) => choices.options.map((option) => option.shape.kind.value);

const expanded: Shorthand = (choices) =>
  z.preprocess((value) => (typeof value === 'string' ? { kind: value } : value), choices);
const described: Shorthand = (choices) =>
  choices.options.length > 0 ? z.union([z.enum(kindsOf(choices)), choices]) : z.never();

/**
 * The options of every plugin of a contract, each with its `kind`.
 * @param shape what the contract adds to every plugin's options
 */
function pluginChoices(
  registry: PluginRegistry<Plugin<unknown>>,
  { further = [], shape = {} }: { readonly further?: readonly z.ZodObject[]; readonly shape?: z.ZodRawShape } = {},
): Choices {
  const own = registry.all.map((plugin) =>
    plugin.options.safeExtend({ ...shape, kind: z.literal(plugin.kind) }).describe(plugin.summary),
  );
  return z.discriminatedUnion('kind', [...further, ...own] as never) as Choices;
}

const autoEngine = z.strictObject({ kind: z.literal('auto') }).describe('the fastest engine that is present');

const commonShape = {
  name: z.string().min(1).default('experiment').describe('what the run is called in lists and reports'),
  seed: z.int().min(0).default(1).describe('everything random derives from it'),
  plugins: z
    .array(z.string())
    .default([])
    .describe('modules with further plugins: package names, or paths relative to the experiment file'),
};

/** What each part of the file is when it is left out. */
export const DEFAULT_CHOICES = {
  dataset: { kind: 'auto' },
  initializer: { kind: 'he-normal' },
  engine: { kind: 'auto' },
  probes: [{ kind: 'activation-probability' }, { kind: 'dead-units' }, { kind: 'unit-lifecycle' }],
  schedule: { kind: 'constant' },
  optimizer: { kind: 'momentum' },
} as const;

function trainingExperimentSchema(plugins: Plugins, shorthand: Shorthand): z.ZodType {
  const training = z.strictObject({
    epochs: z.int().min(1).default(10).describe('passes over the training images'),
    batchSize: z.int().min(1).default(64).describe('images a step'),
    learningRate: z.number().min(0).default(0.05).describe('base learning rate, before the schedule'),
    schedule: shorthand(scheduleSpecSchema as unknown as Choices)
      .prefault(DEFAULT_CHOICES.schedule)
      .describe('how the learning rate changes'),
    optimizer: shorthand(optimizerSpecSchema as unknown as Choices)
      .prefault(DEFAULT_CHOICES.optimizer)
      .describe('how weights follow gradients'),
    labelSmoothing: z.number().min(0).lt(1).default(0).describe('share of the target spread evenly over all classes'),
    checkpointEvery: z.int().min(1).default(1).describe('epochs between checkpoints; the last epoch always has one'),
  });
  const measurement = z.strictObject({
    everyEpochs: z
      .int()
      .min(1)
      .default(1)
      .describe('epochs between measurements on the probe split; the first and last always have one'),
    everySteps: z.int().min(1).optional().describe('steps between further measurements on the probe split'),
    batchSize: z.int().min(1).default(250).describe('images a batch when measuring and testing; changes no result'),
    onProbeFailure: z
      .enum(['fail', 'drop'])
      .default('fail')
      .describe('whether a failing probe ends the run or is left out'),
  });
  return z.strictObject({
    ...commonShape,
    dataset: shorthand(pluginChoices(plugins.dataset)).prefault(DEFAULT_CHOICES.dataset).describe('the images'),
    architecture: shorthand(pluginChoices(plugins.architecture)).describe('the network'),
    initializer: shorthand(initializerSpecSchema as unknown as Choices)
      .prefault(DEFAULT_CHOICES.initializer)
      .describe('how weights are drawn'),
    engine: shorthand(pluginChoices(plugins.engine, { further: [autoEngine] }))
      .prefault(DEFAULT_CHOICES.engine)
      .describe('what computes'),
    probes: z
      .array(shorthand(pluginChoices(plugins.probe)))
      .superRefine(refuseRepeatedKinds)
      .prefault([...DEFAULT_CHOICES.probes])
      .describe('what is measured'),
    interventions: z
      .array(shorthand(pluginChoices(plugins.intervention, { shape: { when } })))
      .superRefine(refuseRepeatedKinds)
      .default([])
      .describe('what is done to the network on the way, in this order'),
    training: training.prefault({}).describe('how the network is trained'),
    measurement: measurement.prefault({}).describe('when units are measured'),
  });
}

const when = interventionTimingSchema
  .prefault(DEFAULT_TIMING)
  .describe('after which measurements it is applied; never at the end of training');

/** Readings, transitions and what was done are told apart by the plugin's kind alone. */
function refuseRepeatedKinds(choices: readonly unknown[], context: z.RefinementCtx): void {
  const kinds = choices.map((choice) => (choice as { readonly kind: string }).kind);
  for (const [place, kind] of kinds.entries()) {
    if (kinds.indexOf(kind) === place) continue;
    const message = `"${kind}" is listed twice, and what each says or does could not be told apart. Leave one out.`;
    context.addIssue({ code: 'custom', path: [place], message });
  }
}

function simulationExperimentSchema(plugins: Plugins, shorthand: Shorthand): z.ZodType {
  return z.strictObject({
    ...commonShape,
    simulation: shorthand(pluginChoices(plugins.simulation)).describe('a model simulated by itself'),
  });
}

/** The schema for a document: one that has a `simulation` is a simulation, any other trains a network. */
export function schemaFor(document: unknown, plugins: Plugins): z.ZodType {
  const build =
    isPlainObject(document) && 'simulation' in document ? simulationExperimentSchema : trainingExperimentSchema;
  return build(plugins, expanded);
}

/** JSON Schema (draft 2020-12) of experiment files, for editors: every loaded plugin's options with their descriptions. */
export function experimentJsonSchema(plugins: Plugins): Record<string, unknown> {
  const schema = z.union([
    trainingExperimentSchema(plugins, described),
    ...(plugins.simulation.kinds.length > 0 ? [simulationExperimentSchema(plugins, described)] : []),
  ]);
  return { title: 'Reluctant experiment', ...z.toJSONSchema(schema, { io: 'input' }) };
}
