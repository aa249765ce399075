import { formatCount, plural } from '../html/format.js';
import { label } from '../html/label.js';
import { definitions } from './definitions.js';
import { describeChoice, type Options, optionsOf } from './describe-choice.js';
import type { RunRecord } from './run-record.js';

/**
 * How the run was made, in sentences complete enough for the methods section of a paper, from the manifest alone. Says only what
 * the manifest tells.
 */
export function methods(record: RunRecord): readonly string[] {
  const { config, dataset, engine, machine, network, seed, versions } = record.manifest;
  const simulation = describeChoice(config['simulation']);
  const sentences: (string | undefined)[] = [
    simulation && `The model “${simulation}” was simulated by itself, without a data set.`,
    network &&
      `The network (${describeChoice(config['architecture']) ?? 'architecture not named'}) has ` +
        `${plural(network.parameters, 'parameter')} and ${plural(network.sites.length, 'ReLU site')} with ` +
        `${plural(
          network.sites.reduce((sum, site) => sum + site.units, 0),
          'unit',
        )}; a unit is a channel of a convolution ` +
        `or a neuron of a dense layer, a site one call of a ReLU.`,
    dataset &&
      `Data: ${describeChoice(config['dataset']) ?? label(dataset.kind, 60)}; source ` +
        `${label(dataset.source, 160)}, digest ${label(dataset.digest, 80)}; ` +
        `${plural(dataset.classes, 'class', 'classes')}, ${formatCount(dataset.trainSize)} training images, ` +
        `${formatCount(dataset.testSize)} test images, ${formatCount(dataset.probeSize)} probe images.`,
    trainingSentence(config, optionsOf(config['training'])),
    interventionSentence(config['interventions']),
    `All randomness derives from seed ${seed}.`,
    network && measurementSentence(optionsOf(config['measurement'])),
    ...(network ? definitions(config['probes']) : []),
    engine &&
      `Computed by ${label([engine.kind, engine.version].filter((part) => part !== undefined).join(' '), 80)}` +
        `${engine.device ? ` on ${label(engine.device, 80)}` : ''} (${label(machine.cpu, 80)}, ` +
        `${plural(machine.cores, 'core')}, ${label(machine.platform, 60)}).`,
    versionsSentence(versions),
    ...(record.resumedAt.length > 0
      ? [`The run went on from a checkpoint at step ${record.resumedAt.map(formatCount).join(', ')}.`]
      : []),
  ];
  return sentences.filter((sentence): sentence is string => Boolean(sentence));
}

function trainingSentence(config: Options, training: Options): string | undefined {
  const { epochs, batchSize, learningRate, labelSmoothing } = training;
  if (typeof epochs !== 'number') return undefined;
  const named = (name: string, choice: unknown) => {
    const described = describeChoice(choice);
    return described === undefined ? undefined : `${name} ${described}`;
  };
  const parts = [
    `Trained for ${plural(epochs, 'epoch')}`,
    typeof batchSize === 'number' && `in batches of ${plural(batchSize, 'image')}`,
    named('optimizer', training['optimizer']),
    typeof learningRate === 'number' && `learning rate ${learningRate}`,
    named('schedule', training['schedule']),
    named('initializer', config['initializer']),
    typeof labelSmoothing === 'number' && labelSmoothing > 0 && `label smoothing ${labelSmoothing}`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

function interventionSentence(interventions: unknown): string | undefined {
  if (!Array.isArray(interventions) || interventions.length === 0) return undefined;
  return `Interventions while it trained: ${interventions.flatMap((choice) => describeChoice(choice) ?? []).join('; ')}.`;
}

function measurementSentence({ everyEpochs }: Options): string {
  const when =
    typeof everyEpochs === 'number'
      ? `before training and every ${everyEpochs === 1 ? 'epoch' : plural(everyEpochs, 'epoch')}`
      : 'through training';
  return (
    `Units were measured ${when} on the fixed probe split in evaluation mode (dropout off, batch-norm moving statistics) ` +
    'unless a series is named “training batches”: those are seen in training mode, while the weights change.'
  );
}

function versionsSentence(versions: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(versions).slice(0, 12);
  if (entries.length === 0) return undefined;
  return `Versions: ${entries.map(([name, version]) => `${label(name, 40)} ${label(version, 40)}`).join(', ')}.`;
}
