import { columnsOf, type View } from './view.js';

const RUN = ['run', 'VARCHAR', 'id of the run'] as const;
const SITE = ['site', 'VARCHAR', 'name of the ReLU call'] as const;

/** What the manifests tell. */
export const runViews: readonly View[] = [
  {
    name: 'runs',
    meaning: 'One row a run: how it was set up. Empty columns are of simulations, which train nothing.',
    columns: columnsOf(
      RUN,
      ['name', 'VARCHAR', 'what the run is called'],
      ['created_at', 'TIMESTAMP', 'when it began, UTC'],
      ['status', 'VARCHAR', '`completed`, `interrupted`, `diverged`, `failed`, or `running`: still going, or killed'],
      ['seed', 'BIGINT', 'everything random derives from it'],
      ['architecture', 'VARCHAR', 'kind of the architecture'],
      ['dataset', 'VARCHAR', 'kind of the data set'],
      ['dataset_digest', 'VARCHAR', 'SHA-256 of the data'],
      ['engine', 'VARCHAR', 'kind of the engine that computed'],
      ['device', 'VARCHAR', 'what it computed on'],
      ['initializer', 'VARCHAR', 'how the weights were drawn'],
      ['optimizer', 'VARCHAR', 'kind of the optimizer'],
      ['learning_rate', 'DOUBLE', "the base rate; the schedule's are in `steps`"],
      ['batch_size', 'INTEGER', 'images a step'],
      ['epochs', 'INTEGER', 'epochs that were asked for'],
      ['parameters', 'BIGINT', 'trained parameters of the network'],
      ['train_images', 'INTEGER', 'images of the training split'],
      ['test_images', 'INTEGER', 'images of the test split'],
      ['probe_images', 'INTEGER', 'images of the fixed split on which units are measured'],
      ['classes', 'INTEGER', 'classes of the task'],
      ['config', 'VARCHAR', 'the experiment with every default filled in, JSON'],
    ),
    select: `
      SELECT run, name, try_cast(created_at AS TIMESTAMPTZ) AT TIME ZONE 'UTC', status, (manifest->>'$.seed')::BIGINT,
        manifest->>'$.config.architecture.kind',
        manifest->>'$.dataset.kind', manifest->>'$.dataset.digest',
        manifest->>'$.engine.kind', manifest->>'$.engine.device',
        manifest->>'$.config.initializer.kind', manifest->>'$.config.training.optimizer.kind',
        (manifest->>'$.config.training.learningRate')::DOUBLE,
        (manifest->>'$.config.training.batchSize')::INTEGER, (manifest->>'$.config.training.epochs')::INTEGER,
        (manifest->>'$.network.parameters')::BIGINT, (manifest->>'$.dataset.trainSize')::INTEGER,
        (manifest->>'$.dataset.testSize')::INTEGER, (manifest->>'$.dataset.probeSize')::INTEGER,
        (manifest->>'$.dataset.classes')::INTEGER, config
      FROM record.manifests`,
  },
  {
    name: 'sites',
    meaning: "One row a ReLU call of a run's network.",
    columns: columnsOf(
      RUN,
      SITE,
      ['layer', 'VARCHAR', 'the layer that it is a call of'],
      ['depth', 'INTEGER', 'place among the ReLUs, 1 nearest to the input'],
      ['kind', 'VARCHAR', '`conv` or `dense`'],
      ['units', 'INTEGER', 'channels, or neurons'],
      ['positions', 'INTEGER', 'positions of the map of a unit; 1 of a neuron'],
      ['skip', 'BOOLEAN', 'whether a skip connection enters just before it'],
      ['shift', 'VARCHAR', '`bias` or `batch-norm`: what is added to all inputs of a unit alike, if something is'],
    ),
    select: `
      SELECT run, site->>'$.name', site->>'$.layer', (site->>'$.depth')::INTEGER, site->>'$.kind',
        (site->>'$.units')::INTEGER, (site->>'$.positions')::INTEGER, (site->>'$.skip')::BOOLEAN, site->>'$.shift'
      FROM (SELECT run, unnest((manifest->'$.network.sites')::JSON[]) AS site FROM record.manifests)`,
  },
];
