import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** Where something was measured. Names no user, host or path. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** The widest vector instructions, e.g. `AVX-512`; left out where the system does not tell. */
  readonly vectors?: string;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  /** Runnable processes over the last minute, before anything was measured. */
  readonly loadAverage: number;
}

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    vectors: widestVectors(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
    loadAverage: loadavg()[0],
  };
}

function widestVectors(): string | undefined {
  // Linux alone tells; on Apple's and other ARM processors there is nothing to tell apart.
  if (platform() !== 'linux') return undefined;
  const flags = new Set(/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1].split(' '));
  const [, widest] = [
    ['avx512f', 'AVX-512'],
    ['avx2', 'AVX2'],
    ['avx', 'AVX'],
  ].find(([flag]) => flags.has(flag)) ?? [undefined, undefined];
  return widest;
}
