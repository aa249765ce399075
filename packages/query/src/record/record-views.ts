import { literal, literalList } from '../session/sql-text.js';

/** Fields of a line of the log. Numbers are read as text, since `"$number:NaN"` stands among them. */
const FIELDS = {
  seq: 'BIGINT',
  time: 'VARCHAR',
  type: 'VARCHAR',
  ...Object.fromEntries(
    ['step', 'epoch', 'loss', 'correct', 'size', 'learningRate', 'seconds', 'split', 'accuracy', 'images']
      .concat(['trainLoss', 'trainAccuracy', 'probe', 'site', 'unit', 'intervention', 'action', 'reason'])
      .map((name) => [name, 'VARCHAR']),
  ),
  units: 'JSON',
  reading: 'JSON',
};

/** Beyond this many bytes a line is no event: maps of simulations are the longest, with some megabytes. */
const LONGEST_LINE = 256 * 2 ** 20;

/** What the views decode text with. */
export const MACROS = `
  CREATE MACRO number_of(text) AS (CASE WHEN starts_with(text, '$number:') THEN text[9:] ELSE text END)::DOUBLE;
  CREATE MACRO text_of(text) AS CASE WHEN starts_with(text, '$string:') THEN text[9:] ELSE text END;
  CREATE MACRO time_of(text) AS text::TIMESTAMPTZ AT TIME ZONE 'UTC';`;

const READING = JSON.stringify({
  probe: 'VARCHAR',
  site: 'VARCHAR',
  on: 'VARCHAR',
  step: 'INTEGER',
  epoch: 'VARCHAR',
  images: 'INTEGER',
  units: 'JSON',
  layer: 'JSON',
});

/** A line of the spool has the arrays of one reading one after the other; the log tells their names and lengths. */
const SPOOLED = `
  SELECT run, probe, site, series, step, epoch, images, measure, unit::INTEGER, number_of(value)
  FROM (
    SELECT * EXCLUDE (lengths, place, units_before, cells),
      unnest(range(lengths[place])) AS unit,
      unnest(cells[units_before + 1 : units_before + lengths[place]]) AS value
    FROM (
      SELECT *, measures[place] AS measure, coalesce(list_sum(lengths[1 : place - 1]), 0)::BIGINT AS units_before
      FROM (
        SELECT run, reading.probe, text_of(reading.site) AS site, reading.on AS series, reading.step,
          number_of(reading.epoch) AS epoch, reading.images,
          map_keys(arrays) AS measures, map_values(arrays) AS lengths, cells, unnest(range(1, cardinality(arrays)::BIGINT + 1)) AS place
        FROM (
          SELECT run, reading, reading.units::MAP(VARCHAR, BIGINT) AS arrays, json_extract_string(line, '$.values[*]') AS cells
          FROM record.open_values JOIN record.readings USING (run, seq)
        )
      )
    )
  )`;

/**
 * Views over the logs and the values of all runs, which those of the documented schema build on. A run's log is either read from its file or was copied, never both.
 */
export function recordViews(logs: readonly string[], parts: readonly string[]): string {
  const structure = JSON.stringify(FIELDS);
  const names = Object.keys(FIELDS).map((name) => `entry.${name}`);
  const copied = `SELECT run, ${names.join(', ')} FROM (SELECT run, json_transform(line, ${literal(structure)}) AS entry FROM record.open_lines)`;
  const read = (reader: string, columns: string) =>
    `SELECT run, ${columns} FROM ${reader} JOIN record.files USING (filename)`;
  const options = `format = 'newline_delimited', filename = true, hive_partitioning = false, maximum_object_size = ${LONGEST_LINE}`;
  const fields = Object.entries(FIELDS).map(([name, type]) => `${name}: ${literal(type)}`);
  const log = read(
    `read_json(${literalList(logs)}, ${options}, columns = {${fields.join(', ')}})`,
    Object.keys(FIELDS).join(', '),
  );
  const lines = read(`read_json_objects(${literalList(logs)}, ${options})`, 'json');
  const values = read(
    `read_parquet(${literalList(parts)}, filename = true, hive_partitioning = false)`,
    'probe, site, "on", step, epoch, images, measure, unit, value',
  );
  return `
    CREATE VIEW record.log AS ${copied} ${logs.length > 0 ? `UNION ALL ${log}` : ''};
    CREATE VIEW record.lines AS
      SELECT run, line::JSON AS event FROM record.open_lines ${logs.length > 0 ? `UNION ALL ${lines}` : ''};
    CREATE VIEW record.readings AS
      SELECT run, seq, json_transform(reading, '${READING}') AS reading
      FROM record.log WHERE type = 'probe.reading';
    CREATE VIEW record.depths AS
      SELECT run, site->>'$.name' AS site, (site->>'$.depth')::INTEGER AS depth
      FROM (SELECT run, unnest((manifest->'$.network.sites')::JSON[]) AS site FROM record.manifests);
    CREATE VIEW record.unit_values(run, probe, site, series, step, epoch, images, measure, unit, value) AS
      ${SPOOLED} ${parts.length > 0 ? `UNION ALL ${values} WHERE unit >= 0 AND seq <= last_seq` : ''};`;
}
