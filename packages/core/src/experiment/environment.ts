import { serviceIdentifier } from '../plugin/service-identifier.js';
import type { RunManifest } from '../store/run-manifest.js';

/** Where an experiment runs, for the manifest. Told by the command line, since core touches no operating system. */
export type Environment = Pick<RunManifest, 'versions' | 'machine'>;
export const Environment = serviceIdentifier<Environment>('Environment');
