import { columnsOf, type View } from './view.js';

const RUN = ['run', 'VARCHAR', 'id of the run'] as const;
const PROBE = ['probe', 'VARCHAR', 'kind of the probe that says so'] as const;
const SITE = ['site', 'VARCHAR', 'name of the ReLU call'] as const;
const DEPTH = ['depth', 'INTEGER', 'place among the ReLUs, 1 nearest to the input'] as const;
const STEP = ['step', 'INTEGER', 'optimizer steps taken; 0 is the initialised network'] as const;
const EPOCH = ['epoch', 'DOUBLE', 'epochs completed, fractional inside an epoch'] as const;
const TIME = ['time', 'TIMESTAMP', 'when it was recorded, UTC'] as const;
const READING = [
  RUN,
  PROBE,
  SITE,
  DEPTH,
  ['series', 'VARCHAR', '`probe-split`: fixed images, evaluation mode; `training-step`: training batches'],
  STEP,
  EPOCH,
  ['images', 'INTEGER', 'images behind it; 0 for what is said of the weights alone'],
] as const;

/** What probes said of units, what became of them, and what was done to them. */
export const unitViews: readonly View[] = [
  {
    name: 'layer_readings',
    meaning: 'One row a number that a probe said of a whole layer. docs/probes.md defines the measures.',
    columns: columnsOf(...READING, ['measure', 'VARCHAR', 'e.g. `mean`'], ['value', 'DOUBLE', 'its value']),
    select: `
      SELECT run, reading.probe, site, depth, reading.on, reading.step, number_of(reading.epoch), reading.images,
        measure.key, number_of(measure.value)
      FROM (
        SELECT run, reading, text_of(reading.site) AS site,
          unnest(map_entries(reading.layer::MAP(VARCHAR, VARCHAR))) AS measure
        FROM record.readings
      ) LEFT JOIN record.depths USING (run, site)`,
  },
  {
    name: 'unit_readings',
    meaning: 'One row a number that a probe said of a unit. docs/probes.md defines the measures.',
    columns: columnsOf(
      ...READING,
      ['measure', 'VARCHAR', 'e.g. `pr`'],
      ['unit', 'INTEGER', 'from 0'],
      ['value', 'DOUBLE', 'its value; flags are 0 or 1'],
    ),
    select: `
      SELECT run, probe, site, depth, series, step, epoch, images, measure, unit, value
      FROM record.unit_values LEFT JOIN record.depths USING (run, site)`,
  },
  {
    name: 'transitions',
    meaning: 'One row a change in the life of a unit, as seen on the probe split.',
    columns: columnsOf(
      RUN,
      ['transition', 'VARCHAR', '`born-dead`, `died` or `revived`'],
      PROBE,
      SITE,
      DEPTH,
      ['unit', 'INTEGER', 'from 0'],
      STEP,
      EPOCH,
      TIME,
    ),
    select: `
      SELECT run, replace(type, 'unit.', ''), text_of(probe), site, depth, unit::INTEGER, step::INTEGER,
        number_of(epoch), time_of(time)
      FROM (SELECT * REPLACE (text_of(site) AS site) FROM record.log) LEFT JOIN record.depths USING (run, site)
      WHERE type IN ('unit.born-dead', 'unit.died', 'unit.revived')`,
  },
  {
    name: 'interventions',
    meaning: 'One row a unit and time at which something was done to it, or withheld.',
    columns: columnsOf(
      RUN,
      ['intervention', 'VARCHAR', 'kind of the intervention'],
      ['outcome', 'VARCHAR', '`applied` or `withheld`'],
      SITE,
      DEPTH,
      ['unit', 'INTEGER', 'from 0'],
      STEP,
      EPOCH,
      TIME,
      ['detail', 'VARCHAR', 'what was done, or why it was not'],
    ),
    select: `
      SELECT run, text_of(intervention), replace(type, 'intervention.', ''), site, depth, unnest(units::INTEGER[]),
        step::INTEGER, number_of(epoch), time_of(time), text_of(coalesce(action, reason))
      FROM (SELECT * REPLACE (text_of(site) AS site) FROM record.log) LEFT JOIN record.depths USING (run, site)
      WHERE type IN ('intervention.applied', 'intervention.withheld')`,
  },
];
