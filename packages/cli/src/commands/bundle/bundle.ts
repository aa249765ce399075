import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { plugins, ReluctantError, RunStore, type RunReader } from '@reluctant/core';
import { writeBundle, type BundleEntry } from '@reluctant/export';
import { renderReport } from '@reluctant/report';
import { encodeJson } from '@reluctant/store';
import { bundleReadme } from '../../bundle/bundle-readme.js';
import { describeBundle } from '../../bundle/environment-document.js';
import type { CommandContext } from '../command-context.js';

export interface BundleOptions {
  readonly out?: string;
  readonly checkpoints?: boolean;
}

/** `reluctant bundle RUN`: one archive from which the run can be read and repeated. */
export async function bundle(
  { container, output }: CommandContext,
  run: string,
  { out, checkpoints = false }: BundleOptions,
): Promise<void> {
  const reader = await container.get(RunStore).open(run);
  const { id, status, createdAt, manifest, path } = reader.summary;
  if (status !== 'completed') {
    const now = status === 'running' ? 'has not ended' : `is ${status}`;
    throw new ReluctantError('USAGE', `Run ${id} ${now}: only a completed run can be repeated. \`reluctant resume\` goes on with it.`); // prettier-ignore
  }
  const { kind } = manifest.dataset ?? {};
  const summary = plugins(container).dataset.all.find((dataset) => dataset.kind === kind)?.summary;
  const named = Array.isArray(manifest.config.plugins) ? manifest.config.plugins.map(String) : [];
  const json = (value: unknown) => `${encodeJson(value, 2)}\n`;
  const entries: readonly BundleEntry[] = [
    { name: 'README.txt', content: bundleReadme(manifest, { summary, plugins: named, checkpoints }) },
    { name: 'environment.json', content: json(await describeBundle(manifest)) },
    { name: 'experiment.json', content: json(manifest.config) },
    { name: 'report.html', content: await renderReport([reader]) },
    ...(await recordOf(path, checkpoints)),
  ];
  const written = await writeBundle(out ?? `${id}.tar.gz`, { root: id, time: new Date(createdAt), entries });
  output.printJson({ run: id, ...written });
  output.print(
    `${written.path}\n${written.files.length} files, ${written.bytes.toLocaleString('en')} bytes, SHA-256 ${written.sha256}`,
  );
}

/** The files of a record, as they lie in its folder. */
async function recordOf(path: RunReader['summary']['path'], checkpoints: boolean): Promise<readonly BundleEntry[]> {
  const tables = ['readings', 'taps', ...(checkpoints ? ['checkpoints'] : [])];
  const files = await Promise.all(tables.map((table) => filesOf(path, table)));
  return ['manifest.json', 'events.jsonl', ...files.flat()].map((name) => ({
    name,
    content: { path: join(path, name) },
  }));
}

async function filesOf(path: string, folder: string): Promise<readonly string[]> {
  const names = await readdir(join(path, folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw ReluctantError.from(error, 'RUN_CORRUPT', `The record in ${path} can't be read`);
  });
  return names.filter((name) => /\.(parquet|safetensors)$/.test(name)).map((name) => `${folder}/${name}`);
}
