import { experimentJsonSchema, plugins } from '@reluctant/core';
import type { CommandContext } from './command-context.js';

/** `reluctant schema`: JSON Schema of experiment files, for editors. Always JSON. */
export function schema({ container }: CommandContext): void {
  process.stdout.write(`${JSON.stringify(experimentJsonSchema(plugins(container)), undefined, 2)}\n`);
}
