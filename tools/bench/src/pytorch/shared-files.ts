import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch, NamedArrays } from '@reluctant/core';

/** A folder through which arrays pass to PyTorch and back: little-endian numbers, back to back, without a header. */
export class SharedFiles {
  private count = 0;

  private constructor(private readonly folder: string) {}

  static async create(): Promise<SharedFiles> {
    return new SharedFiles(await mkdtemp(join(tmpdir(), 'reluctant-bench-')));
  }

  /** A file name that is still free. */
  path(): string {
    return join(this.folder, `${this.count++}.bin`);
  }

  /** @returns the file with the arrays in the order of `names`, as float32 */
  async writeArrays(names: readonly string[], arrays: NamedArrays): Promise<string> {
    return this.write(names.map((name) => Float32Array.from(arrays[name].data)));
  }

  /** @returns files of all images, [batches, size, H, W, C] float32, and of all labels, [batches, size] int32 */
  async writeBatches(batches: readonly Batch[]): Promise<{ imagesFile: string; labelsFile: string }> {
    return {
      imagesFile: await this.write(batches.map(({ x }) => x)),
      labelsFile: await this.write(batches.map(({ y }) => y)),
    };
  }

  /** @returns float32 arrays of the shapes of `like`, in the order of `names` */
  async readArrays(path: string, names: readonly string[], like: NamedArrays): Promise<NamedArrays> {
    const bytes = await readFile(path);
    let start = 0;
    return Object.fromEntries(
      names.map((name) => {
        const { shape, data } = like[name];
        const end = start + 4 * data.length;
        const values = new Float32Array(Uint8Array.from(bytes.subarray(start, end)).buffer);
        start = end;
        return [name, { shape, data: values }];
      }),
    );
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async write(parts: readonly (Float32Array | Int32Array)[]): Promise<string> {
    const path = this.path();
    await writeFile(
      path,
      Buffer.concat(parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength))),
    );
    return path;
  }
}
