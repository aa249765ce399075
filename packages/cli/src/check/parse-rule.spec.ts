import { ReluctantError } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEASURES } from './measures.js';
import { parseRules } from './parse-rule.js';
import { breaks } from './rule.js';

const problemOf = (...texts: readonly string[]): string => {
  try {
    parseRules(texts);
  } catch (error) {
    if (ReluctantError.is(error) && error.code === 'USAGE') return error.message;
    throw error;
  }
  throw new Error(`Accepted: ${texts.join(' ')}`);
};

describe('parseRules', () => {
  it.each([
    [
      'never-fired>1%',
      { scope: { kind: 'network' }, measure: 'never-fired', operator: '>', threshold: 0.01, percent: true },
    ],
    ['network.dead>=3', { scope: { kind: 'network' }, measure: 'dead', operator: '>=', threshold: 3, percent: false }],
    ['any-layer.pr-min<.5', { scope: { kind: 'any-layer' }, measure: 'pr-min', operator: '<', threshold: 0.5 }],
    ['layer:conv5.pr<0.02', { scope: { kind: 'layer', name: 'conv5' }, measure: 'pr', operator: '<', threshold: 0.02 }],
    ['layer:block.1/relu<2>.pr<=2e-2', { scope: { kind: 'layer', name: 'block.1/relu<2>' }, threshold: 0.02 }],
    ['layer:conv*.dormant > 10 %', { scope: { kind: 'layer', name: 'conv*' }, threshold: 0.1, percent: true }],
    ['  accuracy <  80 % ', { measure: 'accuracy', operator: '<', threshold: 0.8 }],
    ['loss>2.5', { measure: 'loss', threshold: 2.5 }],
    ['died>150%', { measure: 'died', threshold: 1.5, percent: true }],
    ['train-loss>=1E3', { measure: 'train-loss', operator: '>=', threshold: 1000 }],
  ])('%s', (text, rule) => expect(parseRules([text])).toMatchObject([rule]));

  it('gives every rule the same text however it was written, and takes it once', () => {
    expect(parseRules(['dead > 3', 'network.dead>3', ' dead>3.0']).map(({ text }) => text)).toEqual(['network.dead>3']);
  });

  it('reads every rule that can be written back as it was', () => {
    const rule = fc.record({
      scope: fc.oneof(
        fc.constantFrom('', 'network.', 'any-layer.'),
        fc.string({ minLength: 1 }).filter((name) => name.trim() === name && !/[=]$/.test(name)).map((name) => `layer:${name}.`), // prettier-ignore
      ),
      measure: fc.constantFrom(...MEASURES.filter((name) => !/loss|accuracy|^pr/.test(name))),
      operator: fc.constantFrom('<', '<=', '>', '>='),
      threshold: fc.integer({ min: 1, max: 99 }),
      percent: fc.constantFrom('%', ''),
    });
    fc.assert(
      fc.property(rule, ({ scope, measure, operator, threshold, percent }) => {
        const [read] = parseRules([`${scope}${measure}${operator}${threshold}${percent}`]);
        expect(read).toMatchObject({ measure, operator, percent: percent === '%' });
        expect(read.text).toBe(`${scope || 'network.'}${measure}${operator}${threshold}${percent}`);
        expect(parseRules([read.text])).toEqual([read]);
      }),
    );
  });

  it('fails on any text with a usage error or not at all', () => {
    const piece = fc.constantFrom('layer:', '.', '<', '>=', '%', '5', 'pr', 'dead', ' ', 'x', '=', '-');
    const text = fc.oneof(fc.string(), fc.array(piece).map((pieces) => pieces.join(''))); // prettier-ignore
    fc.assert(
      fc.property(text, (any) => {
        try {
          for (const { text: canonical } of parseRules([any])) expect(parseRules([canonical])).toHaveLength(1);
        } catch (error) {
          expect(error).toMatchObject({ code: 'USAGE', message: expect.stringMatching(/^--fail-on: /) });
        }
      }),
    );
  });

  it.each([
    ['never-fird>1%', 1, /Unknown measure "never-fird"\. Did you mean "never-fired"\?/],
    ['layer:conv5.prr<0.02', 13, /Did you mean "pr"\?/],
    ['any-layr.pr<0.02', 1, /Unknown scope "any-layr"\. Did you mean "any-layer\."\?/],
    ['conv5.pr<0.02', 1, /Write layer:conv5\.pr for a layer of this name/],
    ['layer:.pr<0.02', 7, /A name has to follow layer:/],
    ['layer:conv5<0.02', 12, /A dot and a measure have to follow/],
    ['layer:conv5.loss>2', 1, /loss is one of the whole network/],
    ['any-layer.accuracy<0.5', 1, /accuracy is one of the whole network/],
    ['never-fired', 12, /An operator \(<, <=, >, >=\) and a number are missing/],
    ['pr=0.5', 3, /The operators are/],
    ['pr=>0.5', 3, /There is no operator =>\. Write >=/],
    ['>5', 1, /A measure is missing/],
    ['dead>', 6, /A number has to follow/],
    ['dead > many', 8, /"many" is no number/],
    ['pr<0,02', 4, /decimal point/],
    ['never-fired>0.01', 13, /A number of units is whole\. For a share of them write 1%/],
    ['dead>120%', 6, /at most 100%/],
    ['dead>-1', 6, /never negative/],
    ['pr<2', 4, /pr is at most 1; in per cent write 2%/],
    ['loss>10%', 6, /no share/],
    ['pr<0', 4, /Nothing can break this rule: pr is never < 0/],
    ['dormant>100%', 9, /Nothing can break this rule/],
    ['loss>1e999', 6, /too large/],
    ['', 1, /An operator/],
  ])('%j is told to be wrong at character %i', (text, character, message) => {
    const problem = problemOf(text);
    expect(problem).toMatch(message);
    const caret = problem.split('\n')[2];
    expect(caret).toBe(`  ${' '.repeat(character - 1)}^ character ${character}`);
  });

  it('tells all that is wrong at once', () => {
    expect(problemOf('ded>1', 'dead>1', 'prr<1').match(/Unknown measure/g)).toHaveLength(2);
  });
});

describe('breaks', () => {
  it.each([
    ['dead<5', [4], [5, 6]],
    ['dead<=5', [4, 5], [6]],
    ['dead>5', [6], [5, 4]],
    ['dead>=5', [5, 6], [4]],
  ])('%s', (text, broken, kept) => {
    const [rule] = parseRules([text]);
    expect(broken.map((value) => breaks(rule, value))).toEqual(broken.map(() => true));
    expect(kept.map((value) => breaks(rule, value))).toEqual(kept.map(() => false));
    expect(breaks(rule, NaN)).toBe(true);
  });
});
