import type { Probe, ProbeOutput, Reading, ReluSite, TapSample } from '@reluctant/core';
import { from } from 'rxjs';

/** What a probe says of a recorded stream, which must be synchronous. Options are as an experiment file gives them. */
export function outputsOf<O>(
  probe: Probe<O>,
  samples: readonly TapSample[],
  sites: readonly ReluSite[],
  options: object = {},
): ProbeOutput[] {
  const outputs: ProbeOutput[] = [];
  probe.readings(from(samples), { sites }, probe.options.parse(options)).subscribe((output) => outputs.push(output));
  return outputs;
}

/** The readings among them, by site (of one look at the network). */
export function readingsBySite(outputs: readonly ProbeOutput[]): Record<string, Reading> {
  return Object.fromEntries(
    outputs.flatMap((output) => (output.type === 'probe.reading' ? [[output.site, output] as const] : [])),
  );
}
