import type { RunManifest } from '@reluctant/core';
import { plainText } from '../output/plain-text.js';

/** README.txt of a bundle: what is in it and how to repeat the run. */
export function bundleReadme(
  { id, name, createdAt, seed, versions, engine, dataset }: RunManifest,
  { summary, plugins, checkpoints }: { readonly summary?: string; readonly plugins: readonly string[]; readonly checkpoints: boolean }, // prettier-ignore
): string {
  return [
    `${plainText(name, 200)}`,
    '',
    `A run of Reluctant (${versions.reluctant ?? 'of unknown version'}), recorded ${createdAt}: ${id}, seed ${seed}.`,
    engine ? `Engine: ${[engine.kind, engine.version, engine.device].filter(Boolean).join(', ')}.` : '',
    '',
    'What is in here',
    '  report.html        the report: open it in a browser',
    '  experiment.json    the experiment with every option, as it was run',
    '  manifest.json, events.jsonl, readings/, taps/',
    '                     the record; this folder is read as any run: reluctant report FOLDER',
    ...(checkpoints ? ['  checkpoints/       weights and optimizer state (safetensors)'] : []),
    '  environment.json   versions, machine, data set',
    '  SHA256SUMS         check sums: sha256sum -c SHA256SUMS',
    '',
    'Repeat it',
    `  reluctant run --from ${id}.tar.gz`,
    'checks sums, versions and data, runs the same experiment with the same seed, and tells whether the result is',
    'the same, bit for bit. On another kind of processor or another version of the engine, rounding may differ.',
    ...(plugins.length > 0 ? ['', 'Third-party plugins', `  It needs --plugin with each of: ${plugins.map((plugin) => plainText(plugin, 200)).join(', ')}`] : []), // prettier-ignore
    ...(dataset ? ['', 'Data', ...dataLines(dataset, summary)] : []),
    '',
  ]
    .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
    .join('\n');
}

function dataLines(dataset: NonNullable<RunManifest['dataset']>, summary: string | undefined): readonly string[] {
  const { kind, digest, trainSize, testSize, probeSize, classes } = dataset;
  return [
    `  The images are not in here. Data set: ${kind}${summary ? ` (${plainText(summary, 200)})` : ''}.`,
    `  ${trainSize} training, ${testSize} test and ${probeSize} probe images of ${classes} classes; digest ${digest}.`,
    '  Its options are in experiment.json under "dataset". Where the data lie elsewhere:',
    '    reluctant run --from BUNDLE --set dataset.path=FOLDER',
    '  `reluctant doctor` tells where data are looked for.',
  ];
}
