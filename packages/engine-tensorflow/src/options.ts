import { z } from 'zod';

/** The eager engines have nothing to choose: what they compute follows from the network and the training plan. */
export const eagerOptionsSchema = z.strictObject({});

export type EagerOptions = z.infer<typeof eagerOptionsSchema>;
