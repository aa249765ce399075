import type { Environment } from '@reluctant/core';
import type { BundleEnvironment } from './environment-document.js';

/** What is not here as it was where a bundled run was made, a sentence each: reasons for which numbers may differ. */
export function environmentDifferences(bundled: BundleEnvironment, { versions, machine }: Environment): string[] {
  const names = [...new Set([...Object.keys(bundled.versions), ...Object.keys(versions)])];
  return [
    ...names
      .filter((name) => bundled.versions[name] !== versions[name])
      .map((name) => `${name} is ${versions[name] ?? 'missing'} here, and was ${bundled.versions[name] ?? 'missing'}.`),
    ...(['platform', 'cpu', 'cores'] as const)
      .filter((name) => bundled.machine[name] !== machine[name])
      .map((name) => `The ${LABELS[name]} here: ${machine[name]}; then: ${bundled.machine[name]}.`),
  ];
}

const LABELS = { platform: 'platform', cpu: 'processor', cores: 'number of cores' } as const;

/** The same of the engine, which is known once it runs. */
export function engineDifferences(bundled: BundleEnvironment, engine: BundleEnvironment['engine']): string[] {
  return (['kind', 'version', 'device'] as const)
    .filter((name) => bundled.engine?.[name] !== engine?.[name])
    .map(
      (name) => `The engine's ${name} here: ${engine?.[name] ?? 'none'}; then: ${bundled.engine?.[name] ?? 'none'}.`,
    );
}
