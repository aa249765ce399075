import { describe, expect, it } from 'vitest';
import { pluginPackage } from './plugin-package.js';

describe('pluginPackage', () => {
  it('derives every name from kind and contract', () => {
    expect(pluginPackage('architecture', { name: 'wide-net2' })).toEqual({
      kind: 'wide-net2',
      directory: 'packages/arch-wide-net2',
      packageName: '@reluctant/arch-wide-net2',
      fileName: 'wide-net2-architecture',
      identifier: 'wideNet2Architecture',
      typeName: 'WideNet2Architecture',
      toRoot: '../..',
      toCore: '../core',
      service: 'Architecture',
    });
  });

  it.each(['packages/mine', './packages/mine/', 'packages\\mine'])('takes the folder %s', (directory) => {
    expect(pluginPackage('probe', { name: 'mine', directory })).toMatchObject({
      directory: 'packages/mine',
      packageName: '@reluctant/probe-mine',
    });
  });

  it('finds root and core from deeper folders', () => {
    expect(pluginPackage('probe', { name: 'mine', directory: 'a/b/c' })).toMatchObject({
      toRoot: '../../..',
      toCore: '../../../packages/core',
    });
  });

  it('makes no identifier of a keyword', () => {
    expect(pluginPackage('probe', { name: 'class' }).identifier).toBe('classProbe');
  });

  it.each(['', 'MyProbe', 'my_probe', 'my probe', '-mine', 'mine-', 'a--b', '1st', '../mine', "a'b"])(
    'refuses the name "%s"',
    (name) => {
      expect(() => pluginPackage('probe', { name })).toThrow(/write it in kebab-case, e\.g\. "my-probe"/);
    },
  );

  it.each(['', '.', '..', '../mine', 'packages/../../mine', '/tmp/mine', 'C:\\mine', 'a b'])(
    'refuses the folder "%s"',
    (directory) => {
      expect(() => pluginPackage('probe', { name: 'mine', directory })).toThrow(/no folder below the workspace root/);
    },
  );
});
