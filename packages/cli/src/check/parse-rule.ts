import { didYouMean, ReluctantError } from '@reluctant/core';
import { greatest, isCount, isResult, MEASURES, type MeasureName } from './measures.js';
import type { Operator, Rule, Scope } from './rule.js';

const SCOPES = ['layer:', 'any-layer.', 'network.'];
const NUMBER = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)\s*$/i;
const WHOLE_EXAMPLE = 'Write a rule as never-fired>1% or layer:conv5.pr<0.02.';

/** What is wrong with a rule, and at which of its characters, from 0. */
class RuleProblem extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads rules of the form `[layer:NAME.|any-layer.|network.]MEASURE OPERATOR NUMBER[%]`; the same rule twice counts once.
 *
 * The name ends at the last dot before the operator, so that it may hold dots; in it `*` and `?` stand for other characters. Without a
 * scope the network is meant. A percentage makes a share of a count, and is a number divided by 100 elsewhere. Blanks between the
 * parts are of no meaning.
 * @throws `USAGE` with all that is wrong, each with its place
 */
export function parseRules(texts: readonly string[]): readonly Rule[] {
  const problems: string[] = [];
  const rules = new Map<string, Rule>();
  for (const text of texts) {
    try {
      const rule = parseRule(text);
      rules.set(rule.text, rule);
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error;
      problems.push(pointOut(text, error));
    }
  }
  if (problems.length > 0) throw new ReluctantError('USAGE', problems.join('\n'));
  return [...rules.values()];
}

function pointOut(text: string, { at, message }: RuleProblem): string {
  const before = [...text.slice(0, at)].length;
  const line = text.replace(/\s/g, ' ');
  return `--fail-on: ${message}\n  ${line}\n  ${' '.repeat(before)}^ character ${before + 1}`;
}

function parseRule(text: string): Rule {
  const at = Math.max(text.lastIndexOf('<'), text.lastIndexOf('>'));
  if (at < 0) throw withoutOperator(text);
  const operator = (text[at + 1] === '=' ? `${text[at]}=` : text[at]) as Operator;
  const subject = text.slice(0, at);
  if (/=\s*$/.test(subject)) {
    throw new RuleProblem(subject.lastIndexOf('='), `There is no operator =${text[at]}. Write ${text[at]}=.`);
  }
  const { scope, measure } = parseSubject(subject);
  const { threshold, percent, written } = parseNumber(text, at + operator.length, measure, operator);
  const where = scope.kind === 'layer' ? `layer:${scope.name}` : scope.kind;
  return { text: `${where}.${measure}${operator}${written}`, scope, measure, operator, threshold, percent };
}

function withoutOperator(text: string): RuleProblem {
  const equals = text.search(/[=≤≥≠]/);
  if (equals >= 0) return new RuleProblem(equals, 'The operators are <, <=, > and >=.');
  return new RuleProblem(text.length, `An operator (<, <=, >, >=) and a number are missing. ${WHOLE_EXAMPLE}`);
}

function parseSubject(subject: string): { readonly scope: Scope; readonly measure: MeasureName } {
  const start = subject.length - subject.trimStart().length;
  const trimmed = subject.trim();
  const dot = trimmed.lastIndexOf('.');
  if (trimmed.startsWith('layer:')) {
    const name = dot < 0 ? trimmed.slice('layer:'.length) : trimmed.slice('layer:'.length, dot);
    if (name === '')
      throw new RuleProblem(start + 'layer:'.length, 'A name has to follow layer:, as in layer:conv5.pr.');
    if (dot < 0) {
      throw new RuleProblem(
        start + trimmed.length,
        `A dot and a measure have to follow the layer, as in layer:${name}.pr.`,
      );
    }
    const measure = measureAt(trimmed.slice(dot + 1), start + dot + 1);
    if (isResult(measure)) {
      throw new RuleProblem(start, `The measure ${measure} is one of the whole network. Leave out the layer.`);
    }
    return { scope: { kind: 'layer', name }, measure };
  }
  if (dot < 0) return { scope: { kind: 'network' }, measure: measureAt(trimmed, start) };
  const prefix = trimmed.slice(0, dot);
  const measure = measureAt(trimmed.slice(dot + 1), start + dot + 1);
  if (prefix === 'network') return { scope: { kind: 'network' }, measure };
  if (prefix !== 'any-layer') throw unknownScope(prefix, measure, start);
  if (isResult(measure)) {
    throw new RuleProblem(start, `The measure ${measure} is one of the whole network. Leave out any-layer.`);
  }
  return { scope: { kind: 'any-layer' }, measure };
}

function unknownScope(prefix: string, measure: MeasureName, at: number): RuleProblem {
  const near = didYouMean(`${prefix}.`, SCOPES);
  const advice = near || `Write layer:${prefix}.${measure} for a layer of this name.`;
  return new RuleProblem(at, `Unknown scope "${prefix}". ${advice} Known: layer:NAME., any-layer., network.`);
}

function measureAt(text: string, start: number): MeasureName {
  const at = start + (text.length - text.trimStart().length);
  const word = text.trim();
  const found = MEASURES.find((name) => name === word);
  if (found) return found;
  if (word === '') throw new RuleProblem(at, `A measure is missing. Known: ${MEASURES.join(', ')}.`);
  const scope = SCOPES.find((each) => each.endsWith(':') && word.includes(':'));
  const near = scope ? `A layer's measure is written ${scope}NAME.MEASURE.` : didYouMean(word, MEASURES);
  const parts = [`Unknown measure "${word}".`, near, `Known: ${MEASURES.join(', ')}.`];
  throw new RuleProblem(at, parts.filter(Boolean).join(' '));
}

function parseNumber(text: string, start: number, measure: MeasureName, operator: Operator) {
  const rest = text.slice(start);
  const at = start + (rest.length - rest.trimStart().length);
  const match = NUMBER.exec(rest);
  if (!match) {
    const word = rest.trim();
    const hint = word.includes(',') ? ' Write a decimal point, not a comma.' : '';
    throw new RuleProblem(at, word === '' ? 'A number has to follow the operator.' : `"${word}" is no number.${hint}`);
  }
  const percent = match[2] === '%';
  const value = Number(match[1]);
  const threshold = percent ? value / 100 : value;
  requireSensible(measure, operator, { threshold, percent, at });
  return { threshold, percent, written: `${value}${percent ? '%' : ''}` };
}

/** Refuses what was certainly meant otherwise, and rules that nothing can break: they would look like a check. */
function requireSensible(
  measure: MeasureName,
  operator: Operator,
  { threshold, percent, at }: { readonly threshold: number; readonly percent: boolean; readonly at: number },
): void {
  const refuse = (message: string) => new RuleProblem(at, message);
  if (!Number.isFinite(threshold)) throw refuse('The number is too large.');
  if (percent && (measure === 'loss' || measure === 'train-loss'))
    throw refuse(`A ${measure} is no share: leave out the %.`);
  if (threshold < 0) throw refuse(`The measure ${measure} is never negative.`);
  if (isCount(measure) && !percent && !Number.isInteger(threshold)) {
    throw refuse(`A number of units is whole. For a share of them write ${inPercent(threshold)}.`);
  }
  const most = isCount(measure) && !percent ? Infinity : greatest(measure);
  if (threshold > most) {
    const advice = isCount(measure)
      ? 'A share is at most 100%.'
      : `The measure ${measure} is at most 1; in per cent write ${threshold}%.`;
    throw refuse(advice);
  }
  const impossible = (operator === '<' && threshold === 0) || (operator === '>' && threshold === most);
  if (impossible)
    throw refuse(
      `Nothing can break this rule: ${measure} is never ${operator} ${percent ? inPercent(threshold) : threshold}.`,
    );
}

function inPercent(share: number): string {
  return `${Number((100 * share).toPrecision(12))}%`;
}
