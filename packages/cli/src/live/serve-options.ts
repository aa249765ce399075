import type { Command } from 'commander';
import { numberIn } from '../commands/number-option.js';

/** Options that say where a command serves: those of `ServeOptions`. */
export function addServeOptions(command: Command, { port }: { readonly port: number }): Command {
  return command
    .option('--port <number>', 'port of the page; 0 for any that is free', numberIn(0, 65_535, { integer: true }), port)
    .option('--host <address>', 'address to listen on; by default only this machine can reach it', '127.0.0.1')
    .option('--allow-remote', 'with a --host that other machines can reach: there is no password', false)
    .option('--open', 'open the page in the browser', false);
}
