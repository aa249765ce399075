// Compiles the simulation's hot loop from AssemblyScript and leaves it as a module of text, so that sources, builds and worker
// threads all find it by an ordinary import, without reading files.
import asc from 'assemblyscript/asc';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/simulation/generated/', import.meta.url));
const { error, binary, stderr } = await compile();
if (error) {
  console.error(`${stderr}${error.message}`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
// Written under another name first: tests and type checks may be reading the module of an earlier build.
const draft = `${folder}kernel-bytes.${process.pid}.draft`;
writeFileSync(
  draft,
  `/** The WebAssembly module that \`kernel/build.mjs\` made of \`kernel/src\`, in base64. */\n` +
    `export const KERNEL_BYTES =\n  '${Buffer.from(binary).toString('base64')}';\n`,
);
renameSync(draft, `${folder}kernel-bytes.ts`);

async function compile() {
  const files = {};
  const options = [
    '--outFile',
    'kernel.wasm',
    '-O3',
    '--runtime',
    'stub',
    '--noAssert',
    '--enable',
    'simd',
    '--use',
    'abort=',
  ];
  const baseDir = fileURLToPath(new URL('./src/', import.meta.url));
  const result = await asc.main(['index.ts', '--baseDir', baseDir, ...options], {
    writeFile: (name, contents) => void (files[name] = contents),
  });
  return { error: result.error, binary: files['kernel.wasm'], stderr: result.stderr.toString() };
}
