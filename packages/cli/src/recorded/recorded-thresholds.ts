import type { RunManifest } from '@reluctant/core';
import { deadUnitsOptions, dormantOptions } from '@reluctant/probes';

/** The thresholds that a run's probes used; the probes' defaults where it had none of them. */
export function recordedThresholds({ config }: RunManifest): { readonly epsilon: number; readonly tau: number } {
  const probes: readonly unknown[] = Array.isArray(config.probes) ? config.probes : [];
  const option = (kind: string, name: string, otherwise: number) => {
    const probe = probes.find((candidate) => (candidate as { readonly kind?: unknown } | null)?.kind === kind);
    const value = (probe as Readonly<Record<string, unknown>> | undefined)?.[name];
    return typeof value === 'number' ? value : otherwise;
  };
  return {
    epsilon: option('dead-units', 'epsilon', deadUnitsOptions.parse({}).epsilon),
    tau: option('dormant', 'tau', dormantOptions.parse({}).tau),
  };
}
