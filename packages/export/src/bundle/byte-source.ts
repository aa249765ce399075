/** Bytes of a stream, taken from it piece by piece. */
export class ByteSource {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** The next `bytes` bytes in chunks. Throws where there are fewer. */
  async *take(bytes: number): AsyncGenerator<Buffer> {
    let left = bytes;
    while (left > 0) {
      if (this.rest.length === 0) {
        const { done, value } = await this.chunks.next();
        if (done) throw new Error('it ends in the middle');
        this.rest = value;
      }
      const chunk = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(chunk.length);
      left -= chunk.length;
      yield chunk;
    }
  }

  /** The same as one piece. */
  async block(bytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.take(bytes)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Reads to the end, which shows whether the stream is whole. Throws where more than `most` bytes are left. */
  async end(most: number): Promise<void> {
    let left = most - this.rest.length;
    while (left >= 0) {
      const { done, value } = await this.chunks.next();
      if (done) return;
      left -= value.length;
    }
    throw new Error('it goes on behind its end');
  }
}
