import { isAbsolute, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeFinding, describeUnits } from './describe-outcome.js';
import type { Finding, RuleOutcome } from './evaluate-rules.js';
import type { RunFacts } from './run-facts.js';

/** What a SARIF log says of the program that made it. */
export interface Tool {
  readonly version: string;
  /** Folder to which paths in the log are relative, as far as they lie in it. */
  readonly base: string;
}

/**
 * A check as a log of the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS 2020): a rule for each condition, and a
 * result for each place that breaks one. Results point at the run's manifest, as viewers want a file, and name the layer as a
 * logical location.
 */
export function checkSarif(outcomes: readonly RuleOutcome[], facts: RunFacts, { version, base }: Tool): object {
  const manifest = uriOf(join(facts.path, 'manifest.json'), base);
  const { run, name, status, measured } = facts;
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'reluctant',
            semanticVersion: version,
            rules: outcomes.map(({ rule }) => ({
              id: rule.text,
              shortDescription: { text: `The check fails where ${rule.text}.` },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        invocations: [{ executionSuccessful: true }],
        results: outcomes.flatMap((outcome, ruleIndex) =>
          outcome.findings
            .filter(({ broken }) => broken)
            .map((finding) => result(outcome, ruleIndex, finding, manifest)),
        ),
        properties: { run, name, status, measured },
      },
    ],
  };
}

function result(outcome: RuleOutcome, ruleIndex: number, finding: Finding, uri: string): object {
  const { rule } = outcome;
  const units = describeUnits(finding);
  const layers = finding.layer === null ? finding.concerned.map(({ layer }) => layer) : [finding.layer];
  return {
    ruleId: rule.text,
    ruleIndex,
    kind: 'fail',
    level: 'error',
    message: { text: `${rule.text}: ${describeFinding(outcome, finding)}.${units ? ` Units: ${units}.` : ''}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri } },
        ...(layers.length > 0 && {
          logicalLocations: layers.map((layer) => ({ name: layer, fullyQualifiedName: layer, kind: 'layer' })),
        }),
      },
    ],
    partialFingerprints: { 'ruleAndLayer/v1': JSON.stringify([rule.text, finding.layer]) },
    properties: {
      value: Number.isFinite(finding.value) ? finding.value : String(finding.value),
      threshold: rule.threshold,
      ...finding.basis,
    },
  };
}

/** A URI reference: relative with forward slashes below `base`, otherwise absolute. */
function uriOf(path: string, base: string): string {
  const below = relative(base, path);
  if (below.startsWith('..') || isAbsolute(below)) return pathToFileURL(path).href;
  return below.split(sep).map(encodeURIComponent).join('/');
}
