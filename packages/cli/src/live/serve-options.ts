import { Option, type Command } from 'commander';
import { numberIn } from '../commands/number-option.js';

/** So that a page that was left open finds its server again. */
const SERVE_PORT = 4700;

/** Options that say where the page is served: those of `ServeOptions`. */
export function addServeOptions(command: Command): Command {
  for (const option of serveOptions(SERVE_PORT)) command.addOption(option);
  return command;
}

/** Options of commands that run something which may be watched: those of `WatchOptions`. All others mean `--watch` too. */
export function addWatchOptions(command: Command): Command {
  command.option('--watch', 'serve a page on which the run is watched, until Ctrl-C', false);
  const further = [new Option('--exit', 'with --watch: end when the run has ended').default(false), ...serveOptions(0)];
  for (const option of further) command.addOption(option.implies({ watch: true }));
  return command;
}

function serveOptions(port: number): readonly Option[] {
  return [
    new Option('--port <number>', 'port of the page; 0 for any that is free')
      .argParser(numberIn(0, 65_535, { integer: true }))
      .default(port),
    new Option('--host <address>', 'address of the page; by default only this machine can reach it').default(
      '127.0.0.1',
    ),
    new Option('--allow-remote', 'with a --host that other machines can reach: there is no password').default(false),
    new Option('--open', 'open the page in the browser').default(false),
  ];
}
