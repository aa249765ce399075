import { describeFinding, describeUnits } from './describe-outcome.js';
import type { RuleOutcome } from './evaluate-rules.js';
import type { RunFacts } from './run-facts.js';
import { escapeXml } from './escape-xml.js';

/** A check as a JUnit report: the run is a suite, each rule a test case, and each place that breaks it a line of its failure. */
export function checkJUnit(outcomes: readonly RuleOutcome[], { run, name, status, measured }: RunFacts): string {
  const failures = outcomes.filter(({ broken }) => broken).length;
  const totals = `tests="${outcomes.length}" failures="${failures}" errors="0" skipped="0"`;
  const property = (key: string, value: string | number) =>
    `      <property name="${key}" value="${escapeXml(String(value))}"/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="reluctant check" ${totals}>`,
    `  <testsuite name="${escapeXml(name)}" ${totals}>`,
    '    <properties>',
    property('run', run),
    property('status', status),
    property('step', measured.step),
    property('epoch', measured.epoch),
    property('images', measured.images),
    '    </properties>',
    ...outcomes.map((outcome) => testCase(outcome, run)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(outcome: RuleOutcome, run: string): string {
  const open = `    <testcase name="${escapeXml(outcome.rule.text)}" classname="${escapeXml(run)}"`;
  const broken = outcome.findings.filter((finding) => finding.broken);
  if (broken.length === 0) return `${open}/>`;
  const lines = broken.map((finding) => {
    const units = describeUnits(finding);
    return describeFinding(outcome, finding) + (units ? `: ${units}` : '');
  });
  const message = escapeXml(describeFinding(outcome, broken[0]));
  return `${open}>\n      <failure type="broken-rule" message="${message}">${escapeXml(lines.join('\n'))}</failure>\n    </testcase>`;
}
