import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkJson } from './check-json.js';
import { checkJUnit } from './check-junit.js';
import { checkSarif } from './check-sarif.js';
import { escapeXml } from './escape-xml.js';
import { evaluateRules } from './evaluate-rules.js';
import { formatCheck } from './format-check.js';
import { parseRules } from './parse-rule.js';
import type { RunFacts } from './run-facts.js';

const basis = { step: 40, epoch: 2, images: 200 };

const facts: RunFacts = {
  run: 'run-1',
  name: 'first',
  path: '/work/project/runs/run-1',
  status: 'completed',
  measured: basis,
  layers: [
    {
      site: 'conv1/relu',
      layer: 'conv1',
      units: 4,
      counts: { 'never-fired': [0, 1, 0, 0], died: [0, 2, 1, 0], dormant: [0, 1, 0, 0] },
      pr: [0.5, 0, 0.25, 0.25],
    },
    { site: 'conv2', layer: 'conv2', units: 6, counts: { 'never-fired': [0, 0, 0, 1, 1, 1] }, pr: [1, 1, 1, 0, 0, 0] },
    { site: 'dense', layer: 'dense', units: 2, counts: {} },
  ],
  results: { accuracy: { value: 0.75, basis: { ...basis, images: 1000 } }, 'train-loss': { value: NaN, basis } },
  thresholds: { epsilon: 0.01, tau: 0.025 },
};
/** Text of any characters, lone surrogates included. */
const anyText = fc.array(fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code))).map((all) => all.join('')); // prettier-ignore
const outcomesOf = (...rules: readonly string[]) => evaluateRules(parseRules(rules), facts);
const one = (rule: string) => outcomesOf(rule)[0];

describe('evaluateRules', () => {
  it('compares the whole network without a scope, by number or by share of the units that were measured', () => {
    expect(one('never-fired>3')).toMatchObject({
      broken: true,
      notMeasured: ['dense'],
      findings: [
        {
          layer: null,
          value: 4,
          count: 4,
          units: 10,
          concerned: [
            { layer: 'conv1/relu', units: [1] },
            { layer: 'conv2', units: [3, 4, 5] },
          ],
          basis,
        },
      ],
    });
    expect(one('never-fired>40%')).toMatchObject({ broken: false, findings: [{ value: 0.4 }] });
    expect(one('died>=75%')).toMatchObject({ broken: true, findings: [{ value: 0.75, count: 3, units: 4 }] });
  });

  it('compares each layer of a scope, and fails where any breaks the rule', () => {
    expect(one('any-layer.never-fired>=50%')).toMatchObject({
      broken: true,
      findings: [
        { layer: 'conv1/relu', value: 0.25, broken: false },
        { layer: 'conv2', value: 0.5, broken: true },
      ],
    });
    expect(one('layer:conv1.never-fired>1').findings).toMatchObject([{ layer: 'conv1/relu', value: 1, broken: false }]);
    expect(one('layer:conv?*.pr<0.3').findings.map(({ layer, broken }) => [layer, broken])).toEqual([
      ['conv1/relu', true],
      ['conv2', false],
    ]);
  });

  it('takes the mean of Pr[y>0] over the units, and the least with its unit', () => {
    expect(one('pr<0.4')).toMatchObject({ broken: false, findings: [{ value: 0.4, concerned: [] }] });
    expect(one('layer:conv1.pr-min<0.1').findings).toMatchObject([
      { value: 0, concerned: [{ layer: 'conv1/relu', units: [1] }] },
    ]);
  });

  it('compares results with the images behind them, and lets no NaN pass', () => {
    expect(one('accuracy<80%')).toMatchObject({ broken: true, findings: [{ value: 0.75, basis: { images: 1000 } }] });
    expect(one('train-loss>1e9')).toMatchObject({ broken: true });
    expect(formatCheck([one('train-loss>1e9')], facts)).toContain('train-loss is not a number');
  });

  it('refuses what was not recorded and layers that there are not, all at once', () => {
    expect(() =>
      outcomesOf('loss>2', 'layer:dense.pr<0.1', 'certified-dead>0', 'layer:convv1.pr<0.1', 'dead>0'),
    ).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: [
          'network.loss>2: Run run-1 has not recorded loss. It takes a test of the network.',
          'layer:dense.pr<0.1: Run run-1 has not recorded pr at its last measurement (step 40). It takes the probe activation-probability.',
          'network.certified-dead>0: Run run-1 has not recorded certified-dead at its last measurement (step 40). It takes the probe certified-dead.',
          'layer:convv1.pr<0.1: Run run-1 has no layer "convv1". Did you mean "conv1"? Known: conv1/relu, conv2, dense.',
          'network.dead>0: Run run-1 has not recorded dead at its last measurement (step 40). It takes the probe unit-lifecycle.',
        ].join('\n'),
      }),
    );
  });
});

describe('formatCheck', () => {
  it('tells which rule failed, by which value, on how many images, and by which units', () => {
    const text = formatCheck(outcomesOf('never-fired>30%', 'accuracy<0.5'), facts);
    expect(text).toContain('FAIL  network.never-fired>30%');
    expect(text).toContain(
      'network: never-fired 4 of 10 units (40 %); 200 images of the probe split, epoch 2 (step 40)',
    );
    expect(text).toContain('conv1/relu: 1; conv2: 3, 4, 5');
    expect(text).toContain('pass  network.accuracy<0.5');
    expect(text).toContain('network: accuracy 0.75; 1,000 test images, epoch 2 (step 40)');
    expect(text).toContain('fires on less than 1.487 % of images');
    expect(text).toContain('says nothing of dense, where never-fired was not recorded');
    expect(text).toMatch(/1 of 2 rules is broken\.$/);
  });

  it('says on what each measure rests', () => {
    const certified = { ...facts.layers[0], counts: { silent: [1], 'certified-dead': [1] }, units: 1 };
    const run: RunFacts = { ...facts, layers: [certified], trained: { ...basis, images: 640 } };
    const [silent, proven] = evaluateRules(parseRules(['silent>0', 'certified-dead>0']), run);
    expect(formatCheck([silent], run)).toContain('silent 1 of 1 units (100 %); 640 training images, epoch 2 (step 40)');
    expect(formatCheck([proven], run)).toContain('(100 %); all inputs of the input range, epoch 2 (step 40)');
  });

  it('can not be made to move the cursor', () => {
    const hostile = { ...facts, name: '\u001b[2Jx', status: 'failed' };
    expect(formatCheck(outcomesOf('dormant>0'), hostile)).not.toMatch(/\u001b\[2J/);
    expect(formatCheck(outcomesOf('dormant>0'), hostile)).toContain('The run is failed');
  });
});

describe('checkJson', () => {
  it('is plain data', () => {
    const json = JSON.parse(JSON.stringify(checkJson(outcomesOf('dormant>0', 'train-loss>1'), facts))) as object;
    expect(json).toMatchObject({
      run: 'run-1',
      passed: false,
      measured: basis,
      rules: [
        { rule: 'network.dormant>0', threshold: 0, broken: true, findings: [{ value: 1, count: 1, units: 4 }] },
        { findings: [{ value: null, message: expect.stringContaining('not a number') }] },
      ],
    });
  });
});

/** What the schema of SARIF 2.1.0 says of the objects that are used here: all their properties, and what is required. */
const closed = (required: readonly string[], properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const text = { type: 'string' };
const message = closed(['text'], { text, markdown: text, id: text, arguments: { type: 'array', items: text } });
const sarifSchema = closed(['version', 'runs'], {
  $schema: { type: 'string', pattern: '^https://' },
  version: { const: '2.1.0' },
  runs: {
    type: 'array',
    items: closed(['tool'], {
      tool: closed(['driver'], {
        driver: closed(['name'], {
          name: text,
          version: text,
          semanticVersion: text,
          informationUri: text,
          rules: {
            type: 'array',
            uniqueItems: true,
            items: closed(['id'], {
              id: text,
              name: text,
              shortDescription: message,
              fullDescription: message,
              defaultConfiguration: closed([], { level: { enum: ['none', 'note', 'warning', 'error'] } }),
            }),
          },
        }),
      }),
      invocations: {
        type: 'array',
        items: closed(['executionSuccessful'], { executionSuccessful: { type: 'boolean' } }),
      },
      results: {
        type: 'array',
        items: closed(['message'], {
          ruleId: text,
          ruleIndex: { type: 'integer', minimum: -1 },
          kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
          level: { enum: ['none', 'note', 'warning', 'error'] },
          message,
          locations: {
            type: 'array',
            items: closed([], {
              physicalLocation: closed(['artifactLocation'], {
                artifactLocation: closed([], { uri: { type: 'string', pattern: '^[!-~]+$' } }),
              }),
              logicalLocations: {
                type: 'array',
                uniqueItems: true,
                items: closed([], { name: text, fullyQualifiedName: text, kind: text }),
              },
            }),
          },
          partialFingerprints: { type: 'object', additionalProperties: text },
          properties: { type: 'object' },
        }),
      },
      properties: { type: 'object' },
    }),
  },
});

describe('checkSarif', () => {
  const tool = { version: '1.2.3', base: '/work/project' };
  const validate = new Ajv({ strict: false }).compile(sarifSchema);
  interface Log {
    readonly runs: readonly [
      { readonly results: readonly { readonly ruleIndex: number; readonly locations: never }[] },
    ];
  }

  it('has a rule for each condition, and a result for each place that breaks one', () => {
    const log = checkSarif(outcomesOf('pr<0.1', 'any-layer.never-fired>0', 'train-loss>1'), facts, tool) as Log;
    expect(validate(JSON.parse(JSON.stringify(log))), JSON.stringify(validate.errors)).toBe(true);
    expect(log.runs[0].results.map(({ ruleIndex }) => ruleIndex)).toEqual([1, 1, 2]);
    expect(log).toMatchObject({
      runs: [
        {
          tool: { driver: { semanticVersion: '1.2.3', rules: [{ id: 'network.pr<0.1' }, {}, {}] } },
          results: [
            {
              ruleId: 'any-layer.never-fired>0',
              message: {
                text: 'any-layer.never-fired>0: conv1/relu: never-fired 1 of 4 units (25 %); 200 images of the probe split, epoch 2 (step 40). Units: conv1/relu: 1.',
              },
              locations: [
                {
                  physicalLocation: { artifactLocation: { uri: 'runs/run-1/manifest.json' } },
                  logicalLocations: [{ fullyQualifiedName: 'conv1/relu' }],
                },
              ],
            },
            {},
            { properties: { value: 'NaN' } },
          ],
        },
      ],
    });
  });

  it('is valid whatever runs, folders and layers are called', () => {
    fc.assert(
      fc.property(anyText, fc.string({ minLength: 1 }), (name, folder) => {
        const hostile: RunFacts = {
          ...facts,
          name,
          path: `/elsewhere/${folder.replaceAll('\0', '')}`,
          layers: [{ ...facts.layers[0], site: name }],
        };
        const log = checkSarif(evaluateRules(parseRules(['any-layer.pr<=1']), hostile), hostile, tool);
        expect(validate(JSON.parse(JSON.stringify(log))), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

/** Reads the XML that is written here, strictly: one root, tags closed in order, no bare special characters, only what XML allows. */
function readXml(
  xml: string,
): readonly { readonly tag: string; readonly attributes: Record<string, string>; text: string }[] {
  const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
  expect(allowed.test(xml)).toBe(true);
  const decode = (escaped: string) => {
    expect(escaped.replace(/&#\d+;/g, '')).not.toMatch(/[&<]/);
    return escaped.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  };
  const elements: { tag: string; attributes: Record<string, string>; text: string }[] = [];
  const open: (typeof elements)[number][] = [];
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '').trimEnd();
  expect(rest.length).toBeLessThan(xml.length);
  while (rest !== '') {
    const [all, closing, tag, attributes, empty, content] =
      /^(?:<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+))/.exec(rest) ?? expect.fail(`Not XML: ${rest}`);
    rest = rest.slice(all.length);
    if (content !== undefined) {
      if (open.length > 0) open[open.length - 1].text += decode(content);
      else expect.fail(`Text outside of the root: ${content}`);
    } else if (closing) {
      expect(open.pop()?.tag).toBe(tag);
      if (open.length === 0) expect(rest).toBe('');
    } else {
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key, decode(value)]);
      const element = { tag, attributes: Object.fromEntries(pairs) as Record<string, string>, text: '' };
      elements.push(element);
      if (!empty) open.push(element);
    }
  }
  expect(open).toEqual([]);
  return elements;
}

describe('checkJUnit', () => {
  it('is a suite with a case for each rule, and a failure with what broke it', () => {
    const elements = readXml(checkJUnit(outcomesOf('pr<0.1', 'any-layer.never-fired>0'), facts));
    const suite = elements.find(({ tag }) => tag === 'testsuite')!;
    expect(suite.attributes).toEqual({ name: 'first', tests: '2', failures: '1', errors: '0', skipped: '0' });
    const cases = elements.filter(({ tag }) => tag === 'testcase').map(({ attributes }) => attributes.name);
    expect(cases).toEqual(['network.pr<0.1', 'any-layer.never-fired>0']);
    const failures = elements.filter(({ tag }) => tag === 'failure');
    expect(failures).toHaveLength(1);
    expect(failures[0].text.split('\n')).toEqual([
      'conv1/relu: never-fired 1 of 4 units (25 %); 200 images of the probe split, epoch 2 (step 40): conv1/relu: 1',
      'conv2: never-fired 3 of 6 units (50 %); 200 images of the probe split, epoch 2 (step 40): conv2: 3, 4, 5',
    ]);
  });

  it('is well-formed whatever runs and layers are called', () => {
    const part = fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      ']]>',
      '\u0000',
      '\u001b',
      '\ud800',
      '\ufffe',
      '\n',
      'é',
      '😀',
      '&#0;',
    );
    const name = fc.oneof(anyText, fc.array(part).map((parts) => parts.join(''))); // prettier-ignore
    fc.assert(
      fc.property(name, (hostile) => {
        const run: RunFacts = { ...facts, name: hostile, layers: [{ ...facts.layers[0], site: hostile }] };
        const elements = readXml(checkJUnit(evaluateRules(parseRules(['any-layer.pr<=1']), run), run));
        expect(elements.filter(({ tag }) => tag === 'failure')).toHaveLength(1);
      }),
    );
  });

  it('escapes what can be escaped, and replaces what XML can not hold', () => {
    expect(escapeXml('a<b>&"\'\n')).toBe('a&#60;b&#62;&#38;&#34;&#39;&#10;');
    expect(escapeXml('\u0000\u001b\ud800\uffff\u202e')).toBe('\ufffd'.repeat(5));
    expect(escapeXml('é😀')).toBe('é😀');
  });
});
