import type { TuningMemory } from '@reluctant/core';

const remembered = new Map<string, Map<string, string>>();

/** Remembers tunings for as long as the process lives. */
export const processMemory: TuningMemory = {
  recall: async ({ device, subject }) => remembered.get(device)?.get(subject),
  async remember({ device, subject }, value) {
    remembered.set(device, (remembered.get(device) ?? new Map<string, string>()).set(subject, value));
  },
  list: async (device) => [...(remembered.get(device)?.values() ?? [])],
};
