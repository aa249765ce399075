import { connect } from 'node:net';
import { MemoryRunStore } from '@reluctant/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { activationByDepth } from '../../queries/activation-by-depth.js';
import { activationOverEpochs } from '../../queries/activation-over-epochs.js';
import { neverFiredOverEpochs } from '../../queries/never-fired-over-epochs.js';
import { readRun } from '../../queries/run-record.js';
import { trainingCurves } from '../../queries/training-curves.js';
import { unitActivations } from '../../queries/unit-activations.js';
import { PLANTED_SITES, plantedEvents } from '../../samples/planted-run.js';
import { sampleManifest, vggSites } from '../../samples/sample-manifest.js';
import { sampleRun } from '../../samples/sample-run.js';
import { ask, askJson, SampleWriter, samplePage, serveSample } from '../../samples/serve-sample.js';
import type { RunDetail, RunList, TransitionList, UnitDetail, UnitImages } from '../api.js';
import { startLiveServer } from './live-server.js';

const manifest = sampleManifest(PLANTED_SITES, { name: 'Planted' });

/** A server of one finished run. */
async function servePlanted() {
  const store = new MemoryRunStore();
  const writer = await SampleWriter.create(store, manifest);
  await writer.record(...plantedEvents());
  await writer.writer.close();
  return { store, id: writer.id, server: await serveSample({ store }) };
}

describe('answers', () => {
  it('list runs with their main numbers', async () => {
    const { server, id } = await servePlanted();
    await askJson(server, `/api/runs/${id}`);
    const { runs } = await askJson<RunList>(server, '/api/runs');
    expect(runs).toEqual([
      {
        id,
        name: 'Planted',
        createdAt: expect.any(String),
        status: 'completed',
        alive: false,
        seed: 7,
        dataset: 'cifar10',
        architecture: 'vgg',
        // It has no steps.
        progress: null,
        trainLoss: 1.125,
        testAccuracy: 0.6125,
        // (0 + 0.005 + 0.5 + 1 + 0 + 0.75) / 6
        meanPr: expect.closeTo(2.255 / 6, 12),
        neverFired: 2,
        units: 6,
      },
    ]);
  });

  it('are what the queries say of the whole record', async () => {
    const sites = vggSites().slice(0, 4);
    const sample = sampleRun(sites, { epochs: 5, stepsPerEpoch: 60 });
    const store = new MemoryRunStore();
    const writer = await SampleWriter.create(store, sample.summary.manifest);
    for await (const { seq: _seq, time: _time, ...body } of sample.events()) await writer.record(body);
    await writer.writer.close();
    const record = await readRun(await store.open(writer.id));
    const server = await serveSample({ store });
    const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
    const answer = (name: string) => askJson<unknown>(server, `/api/runs/${writer.id}/${name}`);

    expect(await answer('training')).toEqual(asJson(trainingCurves(record)));
    expect(await answer('depth')).toEqual(asJson(activationByDepth(record, 'probe-split')));
    expect(await answer('layers')).toEqual(
      asJson({
        activation: activationOverEpochs(record, 'probe-split'),
        neverFired: neverFiredOverEpochs(record, 'probe-split'),
      }),
    );
    const maps = unitActivations(record, 'probe-split', { columns: 200, cells: Infinity });
    expect(maps).toHaveLength(4);
    for (const map of maps)
      expect(await answer(`heat-map?site=${encodeURIComponent(map.site.name)}`)).toEqual(asJson(map));
  });

  it('tell of a run, its transitions and one unit', async () => {
    const { server, id } = await servePlanted();
    const detail = await askJson<RunDetail>(server, `/api/runs/${id}`);
    expect(detail).toMatchObject({ sites: PLANTED_SITES, seq: plantedEvents().length, on: 'probe-split' });
    expect(detail.statusSentence).toContain('Completed at step 20');
    expect(detail.config).toEqual(manifest.config);
    const transitions = await askJson<TransitionList>(server, `/api/runs/${id}/transitions`);
    expect(transitions).toMatchObject({ bornDead: 2, died: 1, revived: 1 });
    expect(transitions.latest[0]).toMatchObject({ type: 'unit.revived', site: 'second/relu', unit: 1, step: 10 });

    const unit = await askJson<UnitDetail>(server, `/api/runs/${id}/unit?site=second%2Frelu&unit=1`);
    expect(unit.measures.find(({ measure }) => measure === 'pr')).toEqual({
      probe: 'activation-probability',
      measure: 'pr',
      on: 'probe-split',
      epochs: [0, 1, 2],
      values: [0, 0.25, 0.75],
    });
    expect(unit.transitions.map(({ type }) => type)).toEqual(['unit.born-dead', 'unit.revived']);
  });

  it('are null where nothing was recorded, and of a run that has only just begun', async () => {
    const store = new MemoryRunStore();
    const { id } = await SampleWriter.create(store, sampleManifest([], { network: undefined }));
    const server = await serveSample({ store });
    for (const name of ['training', 'layers', 'depth']) {
      expect(await askJson(server, `/api/runs/${id}/${name}`)).toBeNull();
    }
    expect(await askJson(server, `/api/runs/${id}`)).toMatchObject({ seq: 0, on: null, item: { progress: null } });
  });

  it('are not sent again while they are right', async () => {
    const store = new MemoryRunStore();
    const writer = await SampleWriter.create(store, manifest);
    await writer.record(...plantedEvents().slice(0, 12));
    const server = await serveSample({ store });
    const path = `/api/runs/${writer.id}/layers`;
    const first = await ask(server, path);
    const headers = { 'If-None-Match': first.headers.etag! };
    expect(first.headers['cache-control']).toBe('no-cache');
    expect(await ask(server, path, { headers })).toMatchObject({ status: 304, text: '' });
    await writer.record(...plantedEvents().slice(12));
    await expect.poll(async () => (await ask(server, path, { headers })).status, { timeout: 5000 }).toBe(200);
    // Another server answers for itself.
    expect((await ask(await serveSample({ store }), path, { headers: { 'If-None-Match': (await ask(server, path)).headers.etag! } })).status).toBe(200); // prettier-ignore
  });

  it('to HEAD are without a body', async () => {
    const { server, id } = await servePlanted();
    const { status, headers, text } = await ask(server, `/api/runs/${id}`, { method: 'HEAD' });
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(Number(headers['content-length'])).toBeGreaterThan(100);
  });

  it('with pictures come from whoever can make them, who is told when nobody waits any more', async () => {
    const { store, id } = await servePlanted();
    const images: UnitImages = { filter: null, strongest: [], note: 'none' };
    let aborted = false;
    const inspectUnit = vi.fn(async (_run: string, _site: string, unit: number, signal: AbortSignal) => {
      if (unit === 0) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      aborted = signal.aborted;
      return images;
    });
    const server = await serveSample({ store, inspectUnit });
    const path = `/api/runs/${id}/unit-images?site=first%2Frelu`;
    expect(await askJson(server, `${path}&unit=3`)).toEqual(images);
    expect(inspectUnit).toHaveBeenCalledWith(id, 'first/relu', 3, expect.any(AbortSignal));
    expect((await ask(server, `${path}&unit=4`)).status).toBe(400);
    expect(inspectUnit).toHaveBeenCalledTimes(1);

    const socket = connect(server.port, '127.0.0.1');
    socket.write(`GET ${path}&unit=0 HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await expect.poll(() => inspectUnit.mock.calls.length).toBe(2);
    socket.destroy();
    await expect.poll(() => aborted).toBe(true);
  });
});

describe('the page', () => {
  it('is served from what was built, with a policy that lets in nothing else', async () => {
    const server = await serveSample();
    const page = await ask(server, '/');
    expect(page).toMatchObject({ status: 200, text: '<!doctype html><title>page</title>' });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = page.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const script = await ask(server, '/assets/index-1a2b.js');
    expect(script.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'cache-control': expect.stringContaining('immutable') }); // prettier-ignore
    const headers = { 'If-None-Match': page.headers.etag! };
    expect((await ask(server, '/index.html', { headers })).status).toBe(304);
  });

  it('has to be built', async () => {
    const store = new MemoryRunStore();
    const page = `${await samplePage()}/none`;
    await expect(startLiveServer({ store, page })).rejects.toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('npm run build') }); // prettier-ignore
  });
});

describe('an address', () => {
  it('that is taken is told', async () => {
    const { port } = await serveSample();
    await expect(serveSample({ port })).rejects.toMatchObject({ code: 'SERVER_FAILED', message: `Port ${port} of 127.0.0.1 is in use. Give another with --port, or --port 0 for any that is free.` }); // prettier-ignore
  });

  it('that is not of this machine is told', async () => {
    await expect(serveSample({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'SERVER_FAILED' });
  });

  it('is of this machine alone by default', async () => {
    const { url, port } = await serveSample();
    expect(url).toBe(`http://127.0.0.1:${port}/`);
  });
});
