import { z } from 'zod';

const tuningSchema = z.strictObject({
  choices: z.record(z.string(), z.string()),
  convolutions: z.number().int().min(0),
  differing: z.number().int().min(0),
});

/** What tuning a network found. */
export interface Tuning {
  /** Names of strategies by the signatures of nodes: those that beat the rules. */
  readonly choices: Readonly<Record<string, string>>;
  /** Convolutions of the network, and how many of them are not computed as the rules would have it. */
  readonly convolutions: number;
  readonly differing: number;
}

/** As it is remembered. */
export function writeTuning(tuning: Tuning): string {
  return JSON.stringify(tuning);
}

/** Undefined for what is no tuning: it is measured anew. */
export function readTuning(value: string): Tuning | undefined {
  try {
    return tuningSchema.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}

/** `3 of 8 convolutions differ from the rules` */
export function describeTuning({ convolutions, differing }: Tuning): string {
  return `${differing} of ${convolutions} convolutions differ from the rules`;
}
