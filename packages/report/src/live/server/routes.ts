import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { InspectUnit, RunList } from '../api.js';
import { AnswerCache } from './answer-cache.js';
import { depth, heatMap, layersOverEpochs, requireUnit, runDetail, training, transitionList, unitDetail } from './answers.js'; // prettier-ignore
import { HttpFailure } from './http-failure.js';
import type { LiveRun, OpenedRun } from './live-run.js';
import type { LiveRuns } from './live-runs.js';
import { decode, noParameters, readParameters, siteParameters, unitParameters } from './parameters.js';
import { JSON_TYPE, send } from './send.js';

const KEPT_ANSWERS = 128;

interface Resource<S extends z.ZodType> {
  readonly parameters: S;
  readonly answer: (opened: OpenedRun, parameters: z.infer<S>, run: LiveRun) => unknown;
}

const resource = <S extends z.ZodType>(parameters: S, answer: Resource<S>['answer']): Resource<z.ZodType> =>
  ({ parameters, answer }) as Resource<z.ZodType>;

/** What can be asked about a run; the run itself under the empty name. */
const RESOURCES: Readonly<Record<string, Resource<z.ZodType>>> = {
  '': resource(noParameters, (opened, _, run) => runDetail(opened, run.listed)),
  training: resource(noParameters, training),
  layers: resource(noParameters, layersOverEpochs),
  depth: resource(noParameters, depth),
  transitions: resource(noParameters, transitionList),
  'heat-map': resource(siteParameters, (opened, { site }) => heatMap(opened, site)),
  unit: resource(unitParameters, (opened, { site, unit }) => unitDetail(opened, site, unit)),
};

export type Answer = (request: IncomingMessage, response: ServerResponse, path: string, query: string) => Promise<void>;

/** Answers what is asked about runs, `/api/runs…`. Rejects with what `HttpFailure.from` knows. */
export function createRunRoutes(runs: LiveRuns, inspectUnit: InspectUnit | undefined): Answer {
  const cache = new AnswerCache(KEPT_ANSWERS);
  // Another server, perhaps of another version, may answer otherwise.
  const server = randomBytes(6).toString('base64url');

  return async (request, response, path, query) => {
    const [id, name = '', ...further] = path.split('/').slice(3);
    if (id === undefined) return sendList();
    if (further.length > 0) throw notFound();
    const run = runs.get(decode(id));
    if (name === 'unit-images') return sendUnitImages(run);
    const asked = Object.hasOwn(RESOURCES, name) ? RESOURCES[name] : undefined;
    if (!asked || (name === '' && path.endsWith('/'))) throw notFound();
    const parameters = readParameters(asked.parameters, query);
    const opened = await run.open();
    const { version } = opened;
    const key = JSON.stringify([run.id, name, parameters]);
    const body = () => cache.get(key, version, async () => JSON.stringify(await asked.answer(opened, parameters, run)));
    return send(request, response, { type: JSON_TYPE, etag: `"${server}-${version}"`, body });

    function sendList(): Promise<void> {
      readParameters(noParameters, query);
      const list: RunList = { runs: runs.list() };
      return send(request, response, { type: JSON_TYPE, body: () => JSON.stringify(list) });
    }

    async function sendUnitImages(run: LiveRun): Promise<void> {
      const { site, unit } = readParameters(unitParameters, query);
      requireUnit((await run.open()).record, site, unit);
      if (!inspectUnit) throw new HttpFailure(404, 'NOT_FOUND', 'This server shows no pictures of units.');
      const abort = new AbortController();
      response.on('close', () => abort.abort());
      const images = await inspectUnit(run.id, site, unit, abort.signal);
      return send(request, response, { type: JSON_TYPE, body: () => JSON.stringify(images) });
    }
  };
}

export function notFound(): HttpFailure {
  return new HttpFailure(404, 'NOT_FOUND', 'There is nothing under this address.');
}
