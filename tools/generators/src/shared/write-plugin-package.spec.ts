import { readFileSync } from 'node:fs';
import { readJson } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { filesBelow, repository, workspaceTree } from '../testing/workspace-tree.js';
import { writePluginPackage } from './write-plugin-package.js';

describe('writePluginPackage', () => {
  it('writes a package that is like the existing ones', async () => {
    const tree = workspaceTree();
    await writePluginPackage(tree, 'architecture', { name: 'example' });
    const existing = JSON.parse(
      readFileSync(`${repository}packages/arch-vgg/package.json`, 'utf8').replaceAll('arch-vgg', 'arch-example'),
    );
    expect(readJson(tree, 'packages/arch-example/package.json')).toEqual({
      ...existing,
      description: 'The architecture example',
      scripts: { ...existing.scripts, test: expect.stringContaining('packages/arch-example/test-results') },
    });
    for (const file of ['tsconfig.json', 'tsconfig.build.json']) {
      expect(readJson(tree, `packages/arch-example/${file}`)).toEqual(
        JSON.parse(readFileSync(`${repository}packages/arch-vgg/${file}`, 'utf8')),
      );
    }
  });

  it.each(['architecture', 'probe', 'dataset'] as const)('leaves no placeholder in a new %s', async (contract) => {
    const tree = workspaceTree();
    await writePluginPackage(tree, contract, { name: 'example', directory: 'packages/here' });
    const files = filesBelow(tree, 'packages/here');
    for (const file of ['README.md', 'package.json', 'src/index.ts', `src/example-${contract}.spec.ts`]) {
      expect([...files.keys()]).toContain(`packages/here/${file}`);
    }
    for (const [path, content] of files) {
      expect(path).not.toMatch(/\{\{|\.template$/);
      expect(content).not.toMatch(/\{\{\w/);
    }
  });

  it('refuses a folder that exists and a name that is taken, and writes nothing', async () => {
    const tree = workspaceTree();
    const before = tree.listChanges().length;
    await expect(writePluginPackage(tree, 'architecture', { name: 'vgg' })).rejects.toThrow(
      'packages/arch-vgg exists already. Choose another name, or give --directory.',
    );
    await expect(writePluginPackage(tree, 'architecture', { name: 'vgg', directory: 'packages/mine' })).rejects.toThrow(
      'packages/arch-vgg is called @reluctant/arch-vgg already.',
    );
    expect(tree.listChanges()).toHaveLength(before);
  });

  it('refuses to work elsewhere', async () => {
    const tree = workspaceTree();
    tree.delete('packages/core/package.json');
    await expect(writePluginPackage(tree, 'probe', { name: 'example' })).rejects.toThrow(
      'run the generator in a clone of Reluctant',
    );
  });
});
