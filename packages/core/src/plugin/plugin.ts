import type { z } from 'zod';

/** The zod schema of a plugin's options: an object schema, so that `kind` can be added and unknown keys are refused. */
export type OptionsSchema<O> = z.ZodObject<z.ZodRawShape> & z.ZodType<O>;

/** What every plugin tells of itself. */
export interface Plugin<O> {
  /** Name by which experiment files ask for it, e.g. `vgg`. Unique among the plugins of one contract. */
  readonly kind: string;
  /** One sentence for `reluctant list`. */
  readonly summary: string;
  /** Options with their defaults; use `z.strictObject`. Every option carries `.describe(…)`. */
  readonly options: OptionsSchema<O>;
}
