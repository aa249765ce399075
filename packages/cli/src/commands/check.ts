import { EXIT_CODES, ReluctantError } from '@reluctant/core';
import { checkJson } from '../check/check-json.js';
import { checkJUnit } from '../check/check-junit.js';
import { checkSarif } from '../check/check-sarif.js';
import { evaluateRules, type RuleOutcome } from '../check/evaluate-rules.js';
import { formatCheck } from '../check/format-check.js';
import { parseRules } from '../check/parse-rule.js';
import { runFacts, type RunFacts } from '../check/run-facts.js';
import { packageVersion } from '../package-version.js';
import { readRecord } from '../read-record.js';
import { recordedThresholds } from '../recorded/recorded-thresholds.js';
import { writeFileAtomic } from '../write-file.js';
import type { CommandContext } from './command-context.js';

export const CHECK_FORMATS = ['text', 'json', 'sarif', 'junit'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export interface CheckOptions {
  readonly failOn: readonly string[];
  /** Of the file, or of what is printed where there is none. By default JSON in a file, and text otherwise. */
  readonly format?: CheckFormat;
  readonly out?: string;
  readonly epsilon?: number;
  readonly tau?: number;
}

/**
 * `reluctant check RUN --fail-on RULE`: whether a run is good enough, for pipelines.
 * @returns the exit code: 0, or `CHECK_FAILED`'s where a rule is broken
 */
export async function check(context: CommandContext, run: string, options: CheckOptions): Promise<number> {
  const { output } = context;
  const { failOn, format, out } = options;
  if (output.json && !out && (format ?? 'json') !== 'json') {
    throw new ReluctantError('USAGE', `--json prints JSON. For ${format}, leave it out, or give --out as well.`);
  }
  if (failOn.length === 0) {
    throw new ReluctantError(
      'USAGE',
      "Give a rule, such as --fail-on 'never-fired>1%': without one nothing is checked.",
    );
  }
  const rules = parseRules(failOn);
  const { outcomes, facts } = await readRecord(context, run, async (reader) => {
    const recorded = recordedThresholds(reader.summary.manifest);
    const thresholds = { epsilon: options.epsilon ?? recorded.epsilon, tau: options.tau ?? recorded.tau };
    const gathered = await runFacts(reader, thresholds);
    return { facts: gathered, outcomes: evaluateRules(rules, gathered) };
  });
  const file = out && (await writeFileAtomic(out, render(format ?? 'json', outcomes, facts), 'The result'));
  if (output.json) output.printJson({ ...checkJson(outcomes, facts), ...(file && { file }) });
  output.print(render(file ? 'text' : (format ?? 'text'), outcomes, facts));
  if (file) output.note(`Written: ${file}`);
  return outcomes.some(({ broken }) => broken) ? EXIT_CODES.CHECK_FAILED : 0;
}

function render(format: CheckFormat, outcomes: readonly RuleOutcome[], facts: RunFacts): string {
  if (format === 'text') return formatCheck(outcomes, facts);
  if (format === 'junit') return checkJUnit(outcomes, facts);
  const document =
    format === 'json'
      ? checkJson(outcomes, facts)
      : checkSarif(outcomes, facts, { version: packageVersion(), base: process.cwd() });
  return JSON.stringify(document, undefined, 2);
}
