import { colorsFor } from '../output/colors.js';
import { plainText } from '../output/plain-text.js';
import { describeFinding, describeUnits, remarks } from './describe-outcome.js';
import type { RuleOutcome } from './evaluate-rules.js';
import type { RunFacts } from './run-facts.js';

/** A check for people: each rule with what it found, the broken ones with the units that broke them. */
export function formatCheck(outcomes: readonly RuleOutcome[], facts: RunFacts): string {
  const colors = colorsFor(process.stdout);
  const lines = outcomes.flatMap((outcome) => {
    const { rule, broken, findings } = outcome;
    const mark = broken ? colors.red('FAIL') : colors.green('pass');
    const shown = findings.filter((finding) => finding.broken === broken);
    const told = shown.flatMap((finding) => [
      `      ${plainText(describeFinding(outcome, finding), 300)}`,
      ...(broken && finding.concerned.length > 0 ? [`        ${plainText(describeUnits(finding), 1000)}`] : []),
    ]);
    return [`${mark}  ${plainText(rule.text, 200)}`, ...told];
  });
  const failed = outcomes.filter(({ broken }) => broken).length;
  const sum =
    failed === 0 ? 'No rule is broken' : `${failed} of ${outcomes.length} rules ${failed === 1 ? 'is' : 'are'} broken`;
  return [
    `${colors.bold(plainText(facts.name))}  ${plainText(facts.run, 100)}, ${facts.status}`,
    ...lines,
    ...remarks(outcomes, facts).map((text) => colors.dim(plainText(text, 1000))),
    `${sum}.`,
  ].join('\n');
}
