import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpFailure } from './http-failure.js';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with everything, errors included. */
export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}

export interface Content {
  readonly type: string;
  /** Called only where the content has to be sent. */
  readonly body: () => Promise<string | Buffer> | string | Buffer;
  /** Undefined for what is not to be kept. */
  readonly etag?: string;
  /** Whether it never changes. */
  readonly immutable?: boolean;
}

/** Sends content, or tells that what the client has is still right. */
export async function send(request: IncomingMessage, response: ServerResponse, content: Content): Promise<void> {
  const { type, etag, immutable } = content;
  response.setHeader('Cache-Control', immutable ? 'max-age=31536000, immutable' : etag ? 'no-cache' : 'no-store');
  if (etag) response.setHeader('ETag', etag);
  if (etag && request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) {
    response.writeHead(304).end();
    return;
  }
  const made = await content.body();
  const body = typeof made === 'string' ? Buffer.from(made) : made;
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Tells why there is no answer; ends the connection where one has been begun. */
export function sendFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, body, headers } = HttpFailure.from(error);
  response.removeHeader('ETag');
  response.writeHead(status, { ...headers, 'Content-Type': JSON_TYPE, 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
