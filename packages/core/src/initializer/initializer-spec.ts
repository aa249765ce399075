import { z } from 'zod';

const bias = z.number().default(0).describe('constant to which every bias is set');

/** How weights are drawn. Fans count the kernel's receptive field: fan_in = kh·kw·in, fan_out = kh·kw·out. */
export const initializerSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('he-normal'), bias }).describe('N(0, 2 / fan_in), not truncated'),
  z.strictObject({ kind: z.literal('he-uniform'), bias }).describe('uniform with variance 2 / fan_in'),
  z.strictObject({ kind: z.literal('glorot-normal'), bias }).describe('N(0, 2 / (fan_in + fan_out)), not truncated'),
  z.strictObject({ kind: z.literal('glorot-uniform'), bias }).describe('uniform with variance 2 / (fan_in + fan_out)'),
  z.strictObject({ kind: z.literal('lecun-normal'), bias }).describe('N(0, 1 / fan_in), not truncated'),
  z.strictObject({ kind: z.literal('lecun-uniform'), bias }).describe('uniform with variance 1 / fan_in'),
  z
    .strictObject({
      kind: z.literal('orthogonal'),
      gain: z.number().positive().default(Math.SQRT2).describe('factor on the orthogonal matrix; √2 suits ReLU'),
      bias,
    })
    .describe('uniformly random orthogonal [fan_in, out] matrix; slow for wide convolutions'),
  z
    .strictObject({
      kind: z.literal('gaussian'),
      sigma: z.number().positive().describe('standard deviation of every weight, whatever the fans'),
      bias,
    })
    .describe('N(0, sigma²)'),
  z
    .strictObject({ kind: z.literal('randomized-asymmetric') })
    .describe('Gaussian weights and biases with one entry of each unit replaced by a positive Beta(2, 1) draw'),
]);

export type InitializerSpec = z.infer<typeof initializerSpecSchema>;
