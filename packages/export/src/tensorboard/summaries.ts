import type { Reading, RunManifest, TrainingEvent } from '@reluctant/core';
import { probabilityHistogram, type Histogram } from './histogram.js';

/** One value of a summary: what TensorBoard shows under a tag. */
export type SummaryValue = { readonly tag: string } & (
  { readonly scalar: number } | { readonly histogram: Histogram } | { readonly text: string }
);

/** Numbers in a layer's reading that are settings, and would be straight lines. */
const SETTINGS: ReadonlySet<string> = new Set(['confidence', 'epsilon', 'tau', 'elements', 'units']);

/** What TensorBoard shows of an event, and at which step; undefined where it is nothing. */
export function summariesOf(
  event: TrainingEvent,
): { readonly step: number; readonly values: readonly SummaryValue[] } | undefined {
  switch (event.type) {
    case 'run.started':
      return { step: 0, values: [{ tag: 'experiment/config', text: configText(event.manifest) }] };
    case 'step.completed': {
      const { step, loss, correct, size, learningRate } = event;
      return scalars(step, 'step', { loss, accuracy: correct / size, 'learning-rate': learningRate });
    }
    case 'epoch.completed':
      return scalars(event.step, 'epoch', {
        'train-loss': event.trainLoss,
        'train-accuracy': event.trainAccuracy,
        seconds: event.seconds,
      });
    case 'evaluation.completed':
      return scalars(event.step, 'evaluation', {
        [`${event.split}-loss`]: event.loss,
        [`${event.split}-accuracy`]: event.accuracy,
      });
    case 'probe.reading':
      return { step: event.reading.step, values: readingValues(event.reading) };
    default:
      return undefined;
  }
}

/** Tags begin with the probe, by which TensorBoard groups them, and go on with the site. */
function readingValues({ probe, on, site, layer, units }: Reading): readonly SummaryValue[] {
  const tag = `${probe}${on === 'training-step' ? '-in-training' : ''}/${site}`;
  const values: SummaryValue[] = Object.entries(layer)
    .filter(([measure]) => !SETTINGS.has(measure))
    .map(([measure, scalar]) => ({ tag: `${tag}/${measure}`, scalar }));
  if (units['pr']) values.push({ tag, histogram: probabilityHistogram(units['pr']) });
  return values;
}

function scalars(step: number, group: string, numbers: Readonly<Record<string, number>>) {
  const values = Object.entries(numbers).map(([name, scalar]) => ({ tag: `${group}/${name}`, scalar }));
  return { step, values };
}

/** Markdown, in which a block of code shows everything as it is. */
function configText({ config }: RunManifest): string {
  return JSON.stringify(config, undefined, 2).replace(/^/gm, '    ');
}
