import type { Command } from 'commander';
import type { CommandContext } from './command-context.js';

/** Adds a command with its help to the program, or to a group of commands. */
export type AddCommand = (name: string, description: string, example: string, parent?: Command) => Command;

/** What a command does. It may give back an exit code: of a result that is bad news, where nothing has failed. */
export type CommandBody<A extends unknown[]> = (context: CommandContext, ...args: A) => Promise<Ending> | Ending;
export type Ending = number | void;

/** Makes a command's action of a body that works in a context. */
export type BindBody = (body: CommandBody<never[]>) => (...received: unknown[]) => Promise<void>;

/** For options that may be given several times. */
export const collect = (value: string, previous: readonly string[]) => [...previous, value];
