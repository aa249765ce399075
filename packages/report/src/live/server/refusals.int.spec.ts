import { MemoryRunStore } from '@reluctant/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { PLANTED_SITES, plantedEvents } from '../../samples/planted-run.js';
import { sampleManifest } from '../../samples/sample-manifest.js';
import { ask, askJson, EventReader, SampleWriter, serveSample } from '../../samples/serve-sample.js';
import type { RunDetail, RunList } from '../api.js';

async function serveOne(name = 'a run') {
  const store = new MemoryRunStore();
  const writer = await SampleWriter.create(store, sampleManifest(PLANTED_SITES, { name }));
  await writer.record(...plantedEvents());
  await writer.writer.close();
  const open = vi.spyOn(store, 'open');
  return { id: writer.id, server: await serveSample({ store }), open };
}

describe('requests', () => {
  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1', '[::1]:4700'])('for the host %s are answered', async (host) => {
    const { server } = await serveOne();
    expect((await ask(server, '/api/runs', { headers: { host } })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:80',
    '192.0.2.1',
    'local host',
    'localhost:80:80',
    '[::1',
  ])('for the host %j are refused', async (host) => {
    const { server } = await serveOne();
    for (const path of ['/', '/api/runs', '/api/events']) {
      const { status, text } = await ask(server, path, { headers: { host } });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain('a run');
    }
    expect((await ask(server, '/', { headers: { host: 'evil.example' } })).status).toBe(403);
  });

  it.each<Record<string, string>>([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'https://localhost' },
    { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
  ])('of other pages (%o) are refused', async (headers) => {
    const { server } = await serveOne();
    const answer = await ask(server, '/api/runs', { headers: { host: 'localhost', ...headers } });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('of its own page, and from a link, are answered', async () => {
    const { server } = await serveOne();
    const own = {
      origin: `http://127.0.0.1:${server.port}`,
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
    };
    expect((await ask(server, '/api/runs', { headers: own })).status).toBe(200);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await ask(server, '/', { headers: link })).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('with %s are refused', async (method) => {
    const { server } = await serveOne();
    const { status, headers } = await ask(server, '/api/runs', { method });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });

  it.each(
    [
      '/..%2f..%2fetc%2fpasswd',
      '/../../../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/../../package.json',
      '/assets/..%5c..%5cpackage.json',
      '//etc/passwd',
      '/index.html/',
      '/index.html%00.js',
      '/__proto__',
      '/api',
      '/api/',
      '/api/runs/',
      '/api/runs/run-1/',
      '/api/runs/run-1/training/',
      '/api/runs/run-1/__proto__',
      '/api/runs/run-1/constructor',
      '/api/runs/run-1/training/..',
      '/api/runs/..',
      '/api/runs/%2e%2e',
      '/api/runs/..%2f..%2fetc%2fpasswd',
      '/api/runs/%2Fetc%2Fpasswd',
      '/api/runs/.%2Frun-1',
      '/api/runs/run-1%00',
      '/api/runs/memory:run-1',
      '/api/runs/__proto__/training',
      `/api/runs/${encodeURIComponent('🧠')}`,
      ['an id of 10,000 letters', `/api/runs/${'x'.repeat(10_000)}`],
    ].map((path) => (typeof path === 'string' ? [path, path] : path)),
  )('for %s find nothing', async (_, path = '') => {
    const { server, open } = await serveOne();
    const { status, text } = await ask(server, path);
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ error: { code: expect.stringMatching(/NOT_FOUND/) } });
    expect(open.mock.calls.every(([id]) => id === 'run-1')).toBe(true);
  });

  it.each([
    '/api/runs/%',
    '/api/runs/%E0%A4%A',
    '/api/runs/run-1/heat-map',
    '/api/runs/run-1/heat-map?site=',
    '/api/runs/run-1/heat-map?site=none',
    '/api/runs/run-1/heat-map?site=first%2Frelu&site=second%2Frelu',
    '/api/runs/run-1/heat-map?site=first%2Frelu&more=1',
    '/api/runs/run-1/training?__proto__=1',
    '/api/runs/run-1/unit?site=first%2Frelu',
    ...['', '-1', '1.5', '1e0', '0x1', ' 1', '4', '1000000000', 'NaN'].map((unit) => `/api/runs/run-1/unit?site=first%2Frelu&unit=${encodeURIComponent(unit)}`), // prettier-ignore
    '/api/runs?x=1',
    '/api/events?runs=%E0%A4%A',
    `/api/events?runs=${'1,'.repeat(100)}1`,
  ])('such as %s are told what is wrong', async (path) => {
    const { server } = await serveOne();
    const { status, text } = await ask(server, path);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      error: { code: 'USAGE', message: expect.stringMatching(/^[^\n]{10,400}$/) },
    });
  });

  it('that are no HTTP do not end the server', async () => {
    const { server } = await serveOne();
    await expect(ask(server, '/', { headers: { huge: 'x'.repeat(100_000) } })).resolves.toMatchObject({ status: 431 });
    expect((await ask(server, '/')).status).toBe(200);
  });
});

it.each([
  ['like a tag', '<script>alert(1)</script>'],
  ['like a path', '../../etc/passwd'],
  ['at great length', 'x'.repeat(10_000)],
  ['in signs and from right to left', '🧠‮abc'],
  ['like a header', 'a\r\nSet-Cookie: x=1'],
  ['nothing', ''],
  ['like a list', 'a,b&c=d'],
])('a run that is called %s is told as JSON and nothing else', async (_, name) => {
  const { server, id } = await serveOne(name);
  const { headers, text } = await ask(server, '/api/runs');
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers['set-cookie']).toBeUndefined();
  expect((JSON.parse(text) as RunList).runs[0]!.name).toBe(name);
  expect((await askJson<RunDetail>(server, `/api/runs/${id}`)).item.name).toBe(name);
  const events = await EventReader.open(server, `runs=${id}`);
  expect((await events.nextOf('runs')).changed[0]!.name).toBe(name);
});
