import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventBody, RunManifest, RunStore, RunWriter, TrainingEvent } from '@reluctant/core';
import { MemoryRunStore } from '@reluctant/core/testing';
import { onTestFinished } from 'vitest';
import type { LiveEvent } from '../live/api.js';
import { startLiveServer, type LiveServer, type LiveServerOptions } from '../live/server/live-server.js';

/** A page as the build leaves it, in a folder that goes with the test. */
export async function samplePage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reluctant-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(folder, 'assets', 'index-1a2b.js'), 'export {};');
  return folder;
}

/** A server that ends with the test. */
export async function serveSample(options: Partial<LiveServerOptions> = {}): Promise<LiveServer> {
  const server = await startLiveServer({ store: new MemoryRunStore(), page: await samplePage(), ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Records bodies as a run would, numbered and timed. */
export class SampleWriter {
  private seq: number;

  private constructor(
    readonly writer: RunWriter,
    seq: number,
    private readonly minute: number,
  ) {
    this.seq = seq;
  }

  static async create(store: RunStore, manifest: RunManifest): Promise<SampleWriter> {
    return new SampleWriter((await store.create(manifest)).writer, 0, 0);
  }

  /** Goes on behind event `seq`, an hour later. */
  static async resume(store: RunStore, id: string, seq: number): Promise<SampleWriter> {
    const checkpoint = { state: {}, loop: {}, step: 0, epoch: 0, stepInEpoch: 0, seq };
    return new SampleWriter(await store.resume(id, checkpoint), seq, 60);
  }

  get id(): string {
    return this.writer.id;
  }

  async record(...bodies: readonly EventBody[]): Promise<void> {
    for (const body of bodies) {
      const time = new Date(Date.UTC(2026, 0, 1, 0, this.minute, ++this.seq)).toISOString();
      await this.writer.consume({ seq: this.seq, time, ...body } as TrainingEvent);
    }
  }
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks without the help of a browser: path and headers go out as they are. */
export async function ask(
  { port }: LiveServer,
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string> } = {},
): Promise<Reply> {
  const response = await send(port, path, options);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode!, headers: response.headers, text };
}

export async function askJson<T>(server: LiveServer, path: string): Promise<T> {
  const { status, text } = await ask(server, path);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

/** The events of one connection. */
export class EventReader {
  lastId = '';
  private buffered = '';
  private readonly chunks: AsyncIterator<string>;

  private constructor(private readonly response: IncomingMessage) {
    this.chunks = (response.setEncoding('utf8') as AsyncIterable<string>)[Symbol.asyncIterator]();
  }

  static async open({ port }: LiveServer, query: string, lastId?: string): Promise<EventReader> {
    const headers: Record<string, string> = lastId === undefined ? {} : { 'Last-Event-ID': lastId };
    const reader = new EventReader(await send(port, `/api/events?${query}`, { headers }));
    onTestFinished(() => reader.close());
    return reader;
  }

  async next(): Promise<LiveEvent> {
    for (;;) {
      const end = this.buffered.indexOf('\n\n');
      if (end < 0) {
        const { done, value } = await this.chunks.next();
        if (done) throw new Error('The connection has ended.');
        this.buffered += value;
        continue;
      }
      const fields = this.buffered.slice(0, end).split('\n');
      this.buffered = this.buffered.slice(end + 2);
      const valueOf = (name: string) => fields.find((field) => field.startsWith(`${name}: `))?.slice(name.length + 2);
      this.lastId = valueOf('id') ?? this.lastId;
      const data = valueOf('data');
      if (data !== undefined) return JSON.parse(data) as LiveEvent;
    }
  }

  /** The next event of a type; others are passed over. */
  async nextOf<T extends LiveEvent['type']>(type: T): Promise<Extract<LiveEvent, { readonly type: T }>> {
    for (;;) {
      const event = await this.next();
      if (event.type === type) return event as Extract<LiveEvent, { readonly type: T }>;
    }
  }

  close(): void {
    this.response.destroy();
  }
}

function send(
  port: number,
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string> },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent: false, ...options }, resolve)
      .on('error', reject)
      .end();
  });
}
