// Module hooks with which Node loads this repository's TypeScript sources: compiled module by module without type checks, and
// kept, since every worker thread of every test loads the same hundred files.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const cache = new URL('../../../../../node_modules/.cache/reluctant-typescript/', import.meta.url);
const COMPILER_OPTIONS = { module: 'esnext', target: 'es2023', verbatimModuleSyntax: true, inlineSourceMap: true };

/** Workspace packages resolve to their sources, and a source's `./x.js` to the `x.ts` that it will be built from. */
export async function resolve(specifier, context, next) {
  const sources = { ...context, conditions: [...context.conditions, '@reluctant/source'] };
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL.endsWith('.ts')) {
    return next(specifier.replace(/js$/, 'ts'), sources);
  }
  return next(specifier, sources);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  return { format: 'module', source: compile(readFileSync(new URL(url), 'utf8'), url), shortCircuit: true };
}

function compile(text, url) {
  const key = createHash('sha256')
    .update(JSON.stringify([COMPILER_OPTIONS, url, text]))
    .digest('hex');
  const kept = new URL(`${key}.js`, cache);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { outputText } = require('typescript').transpileModule(text, { compilerOptions: COMPILER_OPTIONS });
  // Written under another name first: tests run side by side, and none may read half a file.
  const draft = new URL(`${key}.${process.pid}.${Math.random()}`, cache);
  mkdirSync(cache, { recursive: true });
  writeFileSync(draft, outputText);
  renameSync(draft, kept);
  return outputText;
}
