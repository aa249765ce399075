import { formatCount, plural } from '../html/format.js';
import { label } from '../html/label.js';
import { kindOf } from './kind-of.js';
import type { RunRecord } from './run-record.js';

type Options = Readonly<Record<string, unknown>>;

/** How the run was made, as sentences for a methods section, from the manifest alone. Says only what the manifest tells. */
export function methods(record: RunRecord): readonly string[] {
  const { config, dataset, engine, machine, network, seed, versions } = record.manifest;
  const training = optionsOf(config['training']);
  const simulation = nameOf(config['simulation']);
  const sentences: (string | undefined)[] = [
    simulation && `The model “${simulation}” was simulated by itself, without a data set.`,
    network &&
      `The network (${nameOf(config['architecture']) ?? 'architecture not named'}) has ` +
        `${plural(network.parameters, 'parameter')} and ${plural(network.sites.length, 'ReLU site')} with ` +
        `${plural(
          network.sites.reduce((sum, site) => sum + site.units, 0),
          'unit',
        )}; a unit is a channel of a convolution ` +
        `or a neuron of a dense layer, a site one call of a ReLU.`,
    dataset &&
      `Data: ${label(dataset.kind, 60)} (${label(dataset.source, 160)}; digest ${label(dataset.digest, 20)}), ` +
        `${plural(dataset.classes, 'class', 'classes')}, ${formatCount(dataset.trainSize)} training images, ` +
        `${formatCount(dataset.testSize)} test images, ${formatCount(dataset.probeSize)} probe images.`,
    trainingSentence(config, training),
    `All randomness derives from seed ${seed}.`,
    engine &&
      `Computed by ${label([engine.kind, engine.version].filter((part) => part !== undefined).join(' '), 80)}` +
        `${engine.device ? ` on ${label(engine.device, 80)}` : ''} (${label(machine.cpu, 80)}, ` +
        `${plural(machine.cores, 'core')}, ${label(machine.platform, 60)}).`,
    versionsSentence(versions),
    network &&
      'Units were measured on the fixed probe split in evaluation mode (dropout off, batch-norm moving statistics) unless a ' +
        'series is named “training batches”: those are seen in training mode, while the weights change.',
    ...(record.resumedAt.length > 0
      ? [`The run went on from a checkpoint at step ${record.resumedAt.map(formatCount).join(', ')}.`]
      : []),
  ];
  return sentences.filter((sentence): sentence is string => Boolean(sentence));
}

function trainingSentence(config: Options, training: Options): string | undefined {
  const { epochs, batchSize, learningRate, labelSmoothing } = training;
  if (typeof epochs !== 'number') return undefined;
  const parts = [
    `Trained for ${plural(epochs, 'epoch')}`,
    nameOf(training['optimizer']) && `with ${nameOf(training['optimizer'])}`,
    typeof batchSize === 'number' && `batches of ${plural(batchSize, 'image')}`,
    typeof learningRate === 'number' && `learning rate ${learningRate} (${nameOf(training['schedule']) ?? 'constant'})`,
    nameOf(config['initializer']) && `initializer ${nameOf(config['initializer'])}`,
    typeof labelSmoothing === 'number' && labelSmoothing > 0 && `label smoothing ${labelSmoothing}`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

function versionsSentence(versions: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(versions).slice(0, 12);
  if (entries.length === 0) return undefined;
  return `Versions: ${entries.map(([name, version]) => `${label(name, 40)} ${label(version, 40)}`).join(', ')}.`;
}

function optionsOf(value: unknown): Options {
  return typeof value === 'object' && value !== null ? (value as Options) : {};
}

function nameOf(choice: unknown): string | undefined {
  const kind = kindOf(choice);
  return kind === undefined ? undefined : label(kind, 60);
}
