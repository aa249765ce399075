import { main } from '../program.js';

/** Runs a benchmark in this process, and gives its exit status and what it wrote. */
export async function runBench(args: readonly string[], onProgress: (message: string) => void = () => undefined) {
  let [out, error] = ['', ''];
  const status = await main(args, {
    out: (text) => (out += text),
    error(text) {
      error += text;
      onProgress(text);
    },
  });
  return { status, out, error };
}
