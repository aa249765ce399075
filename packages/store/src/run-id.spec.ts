import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runId, slug } from './run-id.js';

describe('runId', () => {
  it('tells time and name', () => {
    expect(runId('VGG-16 / CIFAR-10', new Date('2026-01-31T09:30:05.678Z'))).toMatch(
      /^20260131-093005-vgg-16-cifar-10-[0-9a-f]{8}$/,
    );
  });

  it('is a plain file name whatever the run is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        expect(runId(name, new Date(0))).toMatch(/^19700101-000000-[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{8}$/);
        expect(slug(name).length).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe('slug', () => {
  it.each([
    ['Größe über Ångström', 'große-uber-angstrom'.replace('ß', '-')],
    ['', 'run'],
    ['🧠', 'run'],
    ['../../etc/passwd', 'etc-passwd'],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  ])('of %j is %j', (name, expected) => expect(slug(name)).toBe(expected));
});
