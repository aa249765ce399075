import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ReluctantError } from '@reluctant/core';

const BYTES_PER_WRITE = 1 << 18;

/**
 * A file that is written piece by piece, and found under its name only once it is whole: until `commit` it has another name beside it.
 * Every method throws `STORE_FAILED` where the disk refuses.
 */
export class OutputFile {
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  private sealed = false;

  private constructor(
    readonly path: string,
    /** Where it is until then: another library may write there. */
    readonly temporary: string,
    private readonly handle: FileHandle,
  ) {}

  static async create(path: string): Promise<OutputFile> {
    const target = resolve(path);
    const temporary = `${target}.${randomUUID()}.tmp`;
    try {
      return new OutputFile(target, temporary, await open(temporary, 'wx'));
    } catch (error) {
      throw failure(error, target);
    }
  }

  /** @param content bytes, which may not be changed afterwards, or text */
  async write(content: Uint8Array | string): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    if (this.pendingBytes >= BYTES_PER_WRITE) await this.flush();
  }

  /** Brings all of it to the disk. Nothing may be written afterwards. */
  async seal(): Promise<void> {
    if (this.sealed) return;
    await this.flush();
    try {
      await this.handle.sync();
      await this.handle.close();
    } catch (error) {
      throw failure(error, this.path);
    }
    this.sealed = true;
  }

  /** Gives it its name. */
  async commit(): Promise<void> {
    await this.seal();
    try {
      await rename(this.temporary, this.path);
    } catch (error) {
      throw failure(error, this.path);
    }
  }

  /** Leaves nothing behind, unless it was committed. */
  async discard(): Promise<void> {
    if (!this.sealed) await this.handle.close();
    await rm(this.temporary, { force: true });
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.pending);
    this.pending = [];
    this.pendingBytes = 0;
    try {
      await this.handle.writeFile(bytes);
    } catch (error) {
      throw failure(error, this.path);
    }
  }
}

function failure(error: unknown, path: string): ReluctantError {
  return ReluctantError.from(error, 'STORE_FAILED', `${path} can't be written`);
}
