import { arch, cpus, platform, release } from 'node:os';
import type { Environment } from '@reluctant/core';
import { packageVersion } from './package-version.js';

/** What the manifest tells of this machine and program. Names no user, host or path. */
export function describeEnvironment(): Environment {
  const processors = cpus();
  return {
    versions: { reluctant: packageVersion(), node: process.versions.node },
    machine: {
      platform: `${platform()} ${release()} ${arch()}`,
      cpu: processors[0]?.model.trim() ?? 'unknown',
      cores: processors.length,
    },
  };
}
