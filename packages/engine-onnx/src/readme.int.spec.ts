import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

it("the README's example runs, and its network learns", async () => {
  const example = await read('./testing/readme-example.ts');
  expect(await read('../README.md')).toContain(example.replace('../index.js', '@reluctant/engine-onnx'));
  const { losses, correct } = await import('./testing/readme-example.js');
  expect(losses.at(-1)!).toBeLessThan(losses[0] / 10);
  expect(correct).toBe(16);
});

it("the README's example of fit runs, and its model learns", async () => {
  const example = await read('./testing/fit-example.ts');
  expect(await read('../README.md')).toContain(example.replace('../index.js', '@reluctant/engine-onnx'));
  const { epochs, loss, validation, activeProbability } = await import('./testing/fit-example.js');
  expect(loss).toBeLessThan(epochs[0].loss / 5);
  expect(validation!.accuracy).toBe(1);
  expect(activeProbability['conv/relu']).toHaveLength(16);
});
