import { didYouMean, mean, ReluctantError } from '@reluctant/core';
import { matchesGlob } from '../recorded/glob.js';
import { isCount, isOfTraining, isResult, NEEDS } from './measures.js';
import { breaks, type Rule } from './rule.js';
import type { Basis, LayerFacts, RunFacts } from './run-facts.js';

/** What a rule found at one place. */
export interface Finding {
  /** The layer; `null` for the network. */
  readonly layer: string | null;
  /** What was compared with the threshold. */
  readonly value: number;
  readonly broken: boolean;
  /** Of a count: the number itself, and the units that it is one of. */
  readonly count?: number;
  readonly units?: number;
  /** The units that count, or the one with the least Pr[y>0]. */
  readonly concerned: readonly { readonly layer: string; readonly units: readonly number[] }[];
  readonly basis: Basis;
}

export interface RuleOutcome {
  readonly rule: Rule;
  readonly broken: boolean;
  /** One for the network, or one for each layer of the scope. */
  readonly findings: readonly Finding[];
  /** Layers of the scope in which the measure was not recorded: the rule says nothing of them. */
  readonly notMeasured: readonly string[];
}

/**
 * Applies rules to a run. A rule on layers is broken where any of them breaks it.
 * @throws `USAGE` with every rule that asks for a layer that there is not, or for what was not recorded: neither passes
 */
export function evaluateRules(rules: readonly Rule[], facts: RunFacts): readonly RuleOutcome[] {
  const problems: string[] = [];
  const outcomes = rules.flatMap((rule) => {
    const outcome = evaluate(rule, facts);
    if (typeof outcome !== 'string') return [outcome];
    problems.push(`${rule.text}: ${outcome}`);
    return [];
  });
  if (problems.length > 0) throw new ReluctantError('USAGE', problems.join('\n'));
  return outcomes;
}

function evaluate(rule: Rule, facts: RunFacts): RuleOutcome | string {
  const { scope, measure } = rule;
  if (isResult(measure)) {
    const result = facts.results[measure];
    if (!result) return notRecorded(rule, facts);
    return outcomeOf(rule, [finding(rule, null, { value: result.value, concerned: [], basis: result.basis })], []);
  }
  const named = (name: string) =>
    facts.layers.filter(({ site, layer }) => matchesGlob(name, site) || matchesGlob(name, layer));
  const inScope = scope.kind === 'layer' ? named(scope.name) : facts.layers;
  if (scope.kind === 'layer' && inScope.length === 0) return noSuchLayer(scope.name, facts);
  const measured = inScope.filter((layer) => (isCount(measure) ? layer.counts[measure] : layer.pr));
  if (measured.length === 0) return notRecorded(rule, facts);
  const notMeasured = inScope.filter((layer) => !measured.includes(layer)).map(({ site }) => site);
  const groups = scope.kind === 'network' ? [measured] : measured.map((layer) => [layer]);
  const findings = groups.map((layers) =>
    finding(rule, scope.kind === 'network' ? null : layers[0].site, {
      ...(isCount(measure) ? counted(rule, layers) : probability(rule, layers)),
      basis: (isOfTraining(measure) ? facts.trained : undefined) ?? facts.measured,
    }),
  );
  return outcomeOf(rule, findings, notMeasured);
}

function finding(rule: Rule, layer: string | null, found: Omit<Finding, 'layer' | 'broken'>): Finding {
  return { layer, broken: breaks(rule, found.value), ...found };
}

function outcomeOf(rule: Rule, findings: readonly Finding[], notMeasured: readonly string[]): RuleOutcome {
  return { rule, broken: findings.some(({ broken }) => broken), findings, notMeasured };
}

function counted({ measure, percent }: Rule, layers: readonly LayerFacts[]) {
  const counts = layers.map((layer) => (isCount(measure) ? layer.counts[measure]! : []));
  const count = counts.flat().reduce((total, each) => total + each, 0);
  const units = layers.reduce((total, layer) => total + layer.units, 0);
  const concerned = layers
    .map(({ site }, index) => ({ layer: site, units: counts[index].flatMap((each, unit) => (each > 0 ? [unit] : [])) }))
    .filter((each) => each.units.length > 0);
  return { value: percent ? count / units : count, count, units, concerned };
}

function probability({ measure }: Rule, layers: readonly LayerFacts[]) {
  const all = layers.flatMap(({ site, pr }) => pr!.map((value, unit) => ({ site, unit, value })));
  if (measure === 'pr') return { value: mean(all.map(({ value }) => value)), concerned: [] };
  const least = all.reduce((a, b) => (b.value < a.value ? b : a));
  return { value: least.value, concerned: [{ layer: least.site, units: [least.unit] }] };
}

function notRecorded({ measure }: Rule, { run, measured }: RunFacts): string {
  const when = isResult(measure) ? '' : ` at its last measurement (step ${measured.step})`;
  return `Run ${run} has not recorded ${measure}${when}. It takes ${NEEDS[measure]}.`;
}

function noSuchLayer(name: string, { run, layers }: RunFacts): string {
  const names = layers.map(({ site }) => site);
  const near = didYouMean(name, [...names, ...layers.map(({ layer }) => layer)]);
  const parts = [`Run ${run} has no layer "${name}".`, near, `Known: ${names.join(', ')}.`];
  return parts.filter(Boolean).join(' ');
}
