import { EXIT_CODES, ReluctantError } from '@reluctant/core';
import { Command, CommanderError } from 'commander';
import { formatStepReport } from './step/format-step-report.js';
import { runStepBench } from './step/run-step-bench.js';
import { stepSettingsSchema } from './step/step-settings.js';

/** Where a program writes. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** @returns the exit status */
export async function main(args: readonly string[], { out, error }: Streams): Promise<number> {
  try {
    await program({ out, error }).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (failure) {
    // Commander has said what was wrong itself.
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : EXIT_CODES.USAGE;
    if (!ReluctantError.is(failure)) throw failure;
    error(`${failure.message}\n`);
    return failure.exitCode;
  }
}

function program({ out, error }: Streams): Command {
  const bench = new Command('bench')
    .description('Measures speed on this machine. Close what else runs on it first.')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: error });
  const step = bench
    .command('step')
    .description(
      'Times training steps unwatched, watched as usual (activation-probability, dead-units), and by all probes',
    )
    .option('--json', 'print JSON and no table');
  for (const [name, option] of Object.entries(stepSettingsSchema.shape)) {
    step.option(`--${name} <value>`, describeOption(option.description ?? '', option.safeParse(undefined).data));
  }
  step.action(async ({ json, ...given }: Record<string, unknown>) => {
    const settings = stepSettingsSchema.safeParse(given);
    if (!settings.success) {
      const [{ path, message }] = settings.error.issues;
      throw new ReluctantError('USAGE', `--${path.join('.')}: ${message}. See \`npm run bench -- step --help\`.`);
    }
    const report = await runStepBench(settings.data, (message) => error(`${message}\n`));
    out(`${json ? JSON.stringify(report, undefined, 2) : formatStepReport(report)}\n`);
  });
  return bench;
}

function describeOption(description: string, fallback: unknown): string {
  return fallback === undefined ? description : `${description} (default: ${String(fallback)})`;
}
