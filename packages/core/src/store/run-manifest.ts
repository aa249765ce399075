import { z } from 'zod';

/** Everything needed to repeat a run: the resolved experiment and what it met. Written once, first, atomically. */
export const runManifestSchema = z.object({
  formatVersion: z.literal(1),
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  /** The experiment file with every default filled in. */
  config: z.record(z.string(), z.unknown()),
  seed: z.number().int(),
  versions: z.record(z.string(), z.string()),
  machine: z.object({ platform: z.string(), cpu: z.string(), cores: z.number().int() }),
  engine: z.object({ kind: z.string(), version: z.string().optional(), device: z.string().optional() }).optional(),
  dataset: z
    .object({
      kind: z.string(),
      source: z.string(),
      digest: z.string(),
      trainSize: z.number().int(),
      testSize: z.number().int(),
      probeSize: z.number().int(),
      classes: z.number().int(),
    })
    .optional(),
  network: z
    .object({
      parameters: z.number().int(),
      sites: z.array(
        z.object({
          name: z.string(),
          layer: z.string(),
          depth: z.number().int(),
          kind: z.enum(['conv', 'dense']),
          units: z.number().int(),
          positions: z.number().int(),
          /** [height, width] of the map, whose positions are counted row by row. */
          map: z.tuple([z.number().int(), z.number().int()]).readonly().optional(),
          skip: z.boolean(),
          /** Which trained parameter is added to all pre-activations of a unit alike, if one is. */
          shift: z.enum(['bias', 'batch-norm']).optional(),
        }),
      ),
    })
    .optional(),
});
export type RunManifest = z.infer<typeof runManifestSchema>;
