import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import { writeFully } from './atomic-file.js';
import { storeFailure } from './store-failure.js';

/**
 * A file that only grows, line by line. What `flush` has written survives the death of this process, what `sync` has written
 * survives that of the machine. A write that fails leaves the file as it was before, never with half a line.
 */
export class AppendLog {
  private readonly file: number;
  private size: number;
  private buffered = '';

  /** Throws `STORE_FAILED` where the file can't be opened. */
  constructor(private readonly path: string) {
    try {
      this.file = openSync(path, 'a');
      this.size = fstatSync(this.file).size;
    } catch (error) {
      throw storeFailure(error, 'open a log', path);
    }
  }

  /** @param line without its newline */
  append(line: string): void {
    this.buffered += `${line}\n`;
  }

  /** Throws `STORE_FAILED`; what was buffered is dropped then. */
  flush(): void {
    if (this.buffered === '') return;
    const bytes = Buffer.from(this.buffered);
    this.buffered = '';
    try {
      writeFully(this.file, bytes);
      this.size += bytes.length;
    } catch (error) {
      ftruncateSync(this.file, this.size);
      throw storeFailure(error, 'write to a log', this.path);
    }
  }

  sync(): void {
    this.flush();
    try {
      fsyncSync(this.file);
    } catch (error) {
      throw storeFailure(error, 'write a log to the disk', this.path);
    }
  }

  /** Empties the file. */
  clear(): void {
    this.buffered = '';
    ftruncateSync(this.file, 0);
    this.size = 0;
  }

  /** Drops what is buffered. */
  close(): void {
    closeSync(this.file);
  }
}
