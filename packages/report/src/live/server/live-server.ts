import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReluctantError, type RunStore } from '@reluctant/core';
import type { InspectUnit } from '../api.js';
import { createAdmission } from './admission.js';
import { EventStream } from './event-stream.js';
import { HttpFailure } from './http-failure.js';
import { LiveRuns } from './live-runs.js';
import { PAGE_FOLDER, readPageFiles } from './page-files.js';
import { eventParameters, readParameters } from './parameters.js';
import { createRunRoutes, notFound } from './routes.js';
import { send, sendFailure, setSecurityHeaders } from './send.js';

const MILLISECONDS_BETWEEN_EVENTS = 250;
const MOST_STREAMS = 64;
const MOST_CONNECTIONS = 512;

export interface LiveServerOptions {
  readonly store: RunStore;
  /** Address to listen on; by default that of this machine alone. Others are open to everybody who can reach them. */
  readonly host?: string;
  /** 0, the default, for any that is free. */
  readonly port?: number;
  /** Without it there are no pictures of units. */
  readonly inspectUnit?: InspectUnit;
  /** Folder of the built page. */
  readonly page?: string;
  /** Told what can't be read, and what goes wrong in an answer. A process warning by default. */
  readonly onWarning?: (message: string) => void;
}

export interface LiveServer {
  readonly url: string;
  readonly port: number;
  /** Ends all connections, and resolves when nothing is under way any more. */
  close(): Promise<void>;
}

/**
 * Serves the runs of a store to browsers, with a page that follows them. Reads only, and only runs that the store lists. Throws
 * `SERVER_FAILED` where the address can't be listened on, `STORE_FAILED` where the runs can't be listed.
 */
export async function startLiveServer(options: LiveServerOptions): Promise<LiveServer> {
  const { store, host = '127.0.0.1', port = 0, inspectUnit, page = PAGE_FOLDER } = options;
  const { onWarning = (message: string) => process.emitWarning(message) } = options;
  const files = await readPageFiles(page);
  const runs = new LiveRuns(store, onWarning);
  await runs.start();
  const admit = createAdmission(host);
  const answerAboutRuns = createRunRoutes(runs, inspectUnit);
  const streams = new Set<EventStream>();
  const ticker = setInterval(() => streams.forEach((stream) => stream.tell()), MILLISECONDS_BETWEEN_EVENTS);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    admit(request);
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    const file = files.get(path);
    if (file) return send(request, response, { ...file, body: () => file.body });
    if (path === '/api/events') return stream(request, response, query);
    if (path === '/api/runs' || path.startsWith('/api/runs/')) return answerAboutRuns(request, response, path, query);
    throw notFound();
  }

  function stream(request: IncomingMessage, response: ServerResponse, query: string): void {
    const { runs: watched, after } = readParameters(eventParameters, query, ['runs']);
    if (streams.size >= MOST_STREAMS) {
      throw new HttpFailure(503, 'BUSY', 'Too many pages are open. Close some of them.', { 'Retry-After': '5' });
    }
    const lastSeen = request.headers['last-event-id'] ?? after;
    const opened = new EventStream(response, runs, watched, typeof lastSeen === 'string' ? lastSeen : undefined);
    if (request.method === 'HEAD') return opened.close();
    streams.add(opened);
    response.on('close', () => streams.delete(opened));
    for (const id of watched)
      runs
        .find(id)
        ?.open()
        .catch(() => undefined);
  }

  const server = createServer((request, response) => {
    setSecurityHeaders(response);
    answer(request, response).catch((error: unknown) => {
      if (HttpFailure.from(error).status === 500) onWarning(HttpFailure.from(error).message);
      sendFailure(response, error);
    });
  });
  server.maxConnections = MOST_CONNECTIONS;

  async function close(): Promise<void> {
    clearInterval(ticker);
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await Promise.all([closed, runs.close()]);
  }

  try {
    await listen(server, host, port);
    server.on('error', (error) => onWarning(`A connection failed: ${error.message}`));
  } catch (error) {
    clearInterval(ticker);
    await runs.close();
    throw error;
  }
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/`, port: bound, close };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, host, port)));
    server.listen({ host, port }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function listenFailure(error: NodeJS.ErrnoException, host: string, port: number): ReluctantError {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} of ${host} is in use. Give another with --port, or --port 0 for any that is free.`,
    EACCES: `Port ${port} may not be used by this user. Give one above 1023 with --port.`,
    EADDRNOTAVAIL: `${host} is no address of this machine. Give one with --host, or leave it out.`,
    ENOTFOUND: `${host} is no address of this machine. Give one with --host, or leave it out.`,
  };
  const message = reasons[error.code ?? ''] ?? `Port ${port} of ${host} can't be listened on: ${error.message}`;
  return new ReluctantError('SERVER_FAILED', message, { cause: error });
}
