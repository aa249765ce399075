import type { Probe, Tap } from '@reluctant/core';
import { format, resolveConfig } from 'prettier';
import type { Definition } from './docstring.js';
import type { OptionRow } from './options-table.js';
import { probeDocs, type ProbeDoc } from './probe-docs.js';

const INTRODUCTION = `<!-- Written by \`npm run docs\` from the probes' options and docstrings: change those. -->

# Probes

What \`@reluctant/probes\` measures, with the exact definition of every number. An experiment file lists probes by kind,
\`probes: [{ kind: dead-units, epsilon: 0.05 }]\`; [the package](../packages/probes) says how they work. Flags are 0 or 1. The series
\`probe-split\` is measured on fixed images in evaluation mode, \`training-step\` on the training batches while the weights move.`;

/** The page docs/probes.md. */
export async function probePage(): Promise<string> {
  const docs = await probeDocs();
  const contents = docs.map(({ probe: { kind, summary } }) => `- [\`${kind}\`](#${kind}): ${summary}`).join('\n');
  const text = [INTRODUCTION, contents, ...docs.map(section)].join('\n\n');
  const path = new URL('../../../docs/probes.md', import.meta.url).pathname;
  return format(text, { ...(await resolveConfig(path)), parser: 'markdown' });
}

function section({ probe, docstring, options, runsByDefault, taps, trainingIsOptional }: ProbeDoc): string {
  return [
    `## ${probe.kind}`,
    `_${probe.summary}._${runsByDefault ? ' Runs by default.' : ''}`,
    docstring.prose,
    definitions('Of each unit:', docstring.units),
    definitions('Of the layer:', docstring.layer),
    definitions('Events:', docstring.events),
    looksAt(probe, taps ?? [], trainingIsOptional),
    optionsTable(options),
    docstring.sources.length > 0 ? `**Source.** ${docstring.sources.join('; ')}` : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function definitions(head: string, of: readonly Definition[]): string {
  if (of.length === 0) return '';
  const items = of.map(({ names, text }) => `- ${names.map((name) => `\`${name}\``).join(', ')}: ${text}`);
  return [head, '', ...items].join('\n');
}

/** What of the network it sees, and in which series. */
function looksAt(probe: Probe, taps: readonly Tap[], trainingIsOptional: boolean): string {
  const seen = [
    taps.length > 0 ? tapped(taps, trainingIsOptional) : '',
    probe.inspect ? 'the weights, at every measurement' : '',
  ];
  return seen.some(Boolean) ? `**Looks at** ${seen.filter(Boolean).join('; ')}.` : '';
}

function tapped(taps: readonly Tap[], trainingIsOptional: boolean): string {
  const points = [...new Set(taps.map(({ at }) => at))].map((at) => {
    const statistics = new Set(taps.filter((tap) => tap.at === at).flatMap((tap) => tap.statistics));
    return `the ${at} (${[...statistics].map((name) => `\`${name}\``).join(', ')})`;
  });
  const byDefault = new Set(taps.map(({ on }) => on));
  const series = [...byDefault].map((on) => `\`${on}\``);
  if (trainingIsOptional && !byDefault.has('training-step')) series.push('with `training: true` on `training-step`');
  return `${points.join(' and ')}, on ${series.join(' and ')}`;
}

function optionsTable(options: readonly OptionRow[]): string {
  if (options.length === 0) return 'No options.';
  const cells = (row: readonly string[]) => `| ${row.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    cells(['option', 'type', 'default', 'meaning']),
    cells(['---', '---', '---', '---']),
    ...options.map(({ name, type, byDefault, meaning }) => cells([`\`${name}\``, type, byDefault, meaning])),
  ].join('\n');
}
