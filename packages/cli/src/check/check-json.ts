import { describeFinding, remarks } from './describe-outcome.js';
import type { RuleOutcome } from './evaluate-rules.js';
import type { RunFacts } from './run-facts.js';

/** A check as plain data. What is no finite number is `null`; `message` says what it is. */
export function checkJson(outcomes: readonly RuleOutcome[], facts: RunFacts): object {
  const { run, name, status, measured } = facts;
  return {
    run,
    name,
    status,
    passed: !outcomes.some(({ broken }) => broken),
    measured,
    rules: outcomes.map((outcome) => ({
      rule: outcome.rule.text,
      measure: outcome.rule.measure,
      operator: outcome.rule.operator,
      threshold: outcome.rule.threshold,
      broken: outcome.broken,
      findings: outcome.findings.map((finding) => ({ ...finding, message: describeFinding(outcome, finding) })),
      notMeasured: outcome.notMeasured,
    })),
    remarks: remarks(outcomes, facts),
  };
}
