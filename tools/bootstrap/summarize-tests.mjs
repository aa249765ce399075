import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Adds up what every project's last test run reported, and names each failed and skipped test with its reason on the way:
 * nothing is left out silently.
 */
export function summarizeTests(root) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const file of reports(root)) {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    for (const suite of report.testResults) {
      const where = relative(root, suite.name);
      if (suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed')) {
        sum.failed++;
        console.error(`failed: ${where}: ${suite.message}`);
      }
      for (const test of suite.assertionResults) {
        if (test.status === 'passed') sum.passed++;
        else if (test.status === 'failed') sum.failed++;
        else sum.skipped++;
        if (test.status !== 'passed') console.error(`${test.status}: ${where}: ${test.fullName}`);
      }
    }
  }
  return sum;
}

function reports(root) {
  return ['packages', 'tools'].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => join(root, group, name, 'test-results', 'vitest.json'))
      .filter(existsSync),
  );
}
