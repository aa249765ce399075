import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT_CODES } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

describe('README', () => {
  it('has an example that works as it stands', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'small.yaml');
    await writeFile(file, /```yaml\n([^]*?)```/.exec(readme)![1]);
    const commands = /```sh\n([^]*?)```/
      .exec(readme)![1]
      .trim()
      .split('\n')
      .map((line) => line.split(' ').slice(1));
    const ran = await runCli(
      folder,
      '--json',
      '--quiet',
      ...commands[0].map((word) => (word === 'small.yaml' ? file : word)),
    );
    expect(ran.code).toBe(0);
    const { summary, id } = JSON.parse(ran.stdout) as {
      summary: { name: string; final: { epoch: number } };
      id: string;
    };
    expect(summary).toMatchObject({ name: 'first look', final: { epoch: 3 } });
    expect(commands[1]).toEqual(['report', 'runs/*']);
    expect((await runCli(folder, 'report', join(folder, 'runs', id))).code).toBe(0);
  });

  it('lists every exit code', () => {
    for (const [code, exitCode] of Object.entries(EXIT_CODES)) {
      expect(readme).toMatch(new RegExp(`\\| ${exitCode} +\\|.*\`${code}\``));
    }
  });
});
