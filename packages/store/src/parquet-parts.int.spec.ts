import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { Reading, StatisticValues, TapSample } from '@reluctant/core';
import { ACTIVATION_LEVELS, STATISTICS } from '@reluctant/core';
import { collect, description, probeReading, record, step, tapSampled } from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { createRunStore } from './file-run-store.js';
import { parquetColumns } from './parquet-columns.js';
import { listParts, readPart, writePart, type ParquetPart } from './parquet-parts.js';
import { payloadOf, type BulkyEvent } from './payload.js';

async function tableOf(event: unknown) {
  const folder = temporaryFolder();
  writePart(folder, [event as BulkyEvent]);
  const [name] = await readdir(folder);
  const { buffer } = new Uint8Array(await readFile(join(folder, name)));
  const types = parquetSchema(parquetMetadata(buffer)).children.map(({ element }) => [element.name, element.type]);
  return { types: Object.fromEntries(types), rows: await parquetReadObjects({ file: buffer }) };
}

describe('the table of readings', () => {
  it('has a row for every unit and measure, and unit −1 for the whole layer', async () => {
    const { types, rows } = await tableOf(probeReading(7));
    expect(types).toEqual({
      ...{ seq: 'INT32', probe: 'BYTE_ARRAY', site: 'BYTE_ARRAY', on: 'BYTE_ARRAY', step: 'INT32', epoch: 'DOUBLE' },
      ...{ images: 'INT32', measure: 'BYTE_ARRAY', unit: 'INT32', value: 'DOUBLE' },
    });
    const common = {
      seq: 7,
      probe: 'dead-units',
      site: 'conv1/relu',
      on: 'probe-split',
      step: 7,
      epoch: 0.5,
      images: 4,
    };
    expect(rows).toEqual([
      { ...common, measure: 'probability', unit: 0, value: 1 / 7 },
      { ...common, measure: 'probability', unit: 1, value: NaN },
      { ...common, measure: 'probability', unit: 2, value: -0 },
      { ...common, measure: 'dead', unit: 0, value: 0 },
      { ...common, measure: 'dead', unit: 1, value: 1 },
      { ...common, measure: 'dead', unit: 2, value: 0 },
      { ...common, measure: 'dead', unit: -1, value: 1 },
      { ...common, measure: 'worst', unit: -1, value: -Infinity },
    ]);
  });
});

describe('the table of tap samples', () => {
  it('has a row for every unit, statistic and position, and position −1 for sums over positions', async () => {
    const { types, rows } = await tableOf(tapSampled(7));
    expect(types).toEqual({
      ...{ seq: 'INT32', site: 'BYTE_ARRAY', at: 'BYTE_ARRAY', on: 'BYTE_ARRAY', step: 'INT32', epoch: 'DOUBLE' },
      ...{
        images: 'INT32',
        elements: 'INT64',
        statistic: 'BYTE_ARRAY',
        position: 'INT32',
        image: 'INT32',
        unit: 'INT32',
        value: 'DOUBLE',
      },
    });
    expect(rows[2]).toEqual({
      ...{ seq: 7, site: 'conv1/relu', at: 'activation', on: 'probe-split', step: 7, epoch: 0.5 },
      ...{ images: 4, elements: 8n, statistic: 'fired', position: -1, image: -1, unit: 2, value: 2 ** 40 + 1 },
    });
    // [2 positions × 3 units], row-major.
    const positions = rows.slice(3).map(({ statistic, position, unit, value }) => [statistic, position, unit, value]);
    expect(positions).toEqual([
      ...[1, 2, 3].map((value, unit) => ['positionFired', 0, unit, value]),
      ...[4, 5, 7].map((value, unit) => ['positionFired', 1, unit, value]),
    ]);
  });

  it('has a row for every image of what is counted for each, of no unit', async () => {
    const { rows } = await tableOf(tapSampled(7, { values: { firedPerImage: Float64Array.of(5, 0, 6, 2) } }));
    expect(
      rows.map(({ statistic, position, image, unit, value }) => [statistic, position, image, unit, value]),
    ).toEqual([5, 0, 6, 2].map((value, image) => ['firedPerImage', -1, image, -1, value]));
  });

  it('has a row for every level and unit of what is counted above levels, with the level as its position', async () => {
    const exceedances = Float64Array.from({ length: ACTIVATION_LEVELS.length * 3 }, (_, i) => 100 - i);
    const { rows } = await tableOf(tapSampled(7, { values: { exceedances } }));
    expect(rows.map(({ position, image, unit, value }) => [position, image, unit, value])).toEqual(
      ACTIVATION_LEVELS.flatMap((_, level) => [0, 1, 2].map((unit) => [level, -1, unit, 100 - (3 * level + unit)])),
    );
  });

  it('has counts beyond 2³¹', async () => {
    const { rows } = await tableOf(tapSampled(1, { images: 50_000, elements: 50_000 * 224 * 224 }));
    expect(rows[0].elements).toBe(2_508_800_000n);
  });
});

it('gives the values of an event back where its rows fill several row groups', async () => {
  const folder = temporaryFolder();
  const events = [120_000, 3, 90_000].map((length, i) => {
    const values = Array.from({ length }, (_, unit) => Math.sin(unit + i));
    return probeReading(i + 1, { units: { values }, layer: {} }) as BulkyEvent;
  });
  writePart(folder, events);
  const [part] = await listParts(folder);
  expect(part).toMatchObject({ first: 1, last: 3 });
  const payloads = await readPart(part, [1, 2, 3]);
  for (const event of events) expect(payloads.get(event.seq)).toEqual(payloadOf(event));
});

describe('the values of some events', () => {
  const events = Array.from({ length: 3000 }, (_, i) => {
    const values = Array.from({ length: 40 + (i % 50) }, (_, unit) => Math.sin(unit + i));
    return probeReading(2 * i + 1, { units: { values }, layer: {} }) as BulkyEvent;
  });
  const selections = [[0], [700, 1500, 1501], [2999], Array.from({ length: 900 }, (_, i) => 3 * i + 5)].map((indices) =>
    indices.map((index) => events[index]),
  );
  const expectAll = async (part: ParquetPart) => {
    for (const wanted of selections) {
      const seqs = wanted.map(({ seq }) => seq);
      expect(await readPart(part, seqs)).toEqual(new Map(wanted.map((event) => [event.seq, payloadOf(event)])));
    }
    expect(await readPart(part, [2, 100_000])).toEqual(new Map());
  };

  it('are read by themselves', async () => {
    const folder = temporaryFolder();
    writePart(folder, events);
    await expectAll((await listParts(folder))[0]);
  });

  it('are read without other pages', async () => {
    const folder = temporaryFolder();
    writePart(folder, events);
    const [part] = await listParts(folder);
    const file = await readFile(part.path);
    // Zeros are no pages.
    file.fill(0, 4, file.length / 2);
    await writeFile(part.path, file);
    expect(await readPart(part, [events[2999].seq])).toEqual(new Map([[events[2999].seq, payloadOf(events[2999])]]));
    await expect(readPart(part, [events[0].seq])).rejects.toMatchObject({ code: 'RUN_CORRUPT' });
  });

  it('are read from parts without an index of pages, as the first versions wrote them', async () => {
    const folder = temporaryFolder();
    const columnData = parquetColumns(events).map((column) => ({ ...column, columnIndex: false }));
    const file = parquetWriteBuffer({ columnData, rowGroupSize: 100_000, createdBy: 'reluctant' });
    await writeFile(join(folder, 'part-1-6000.parquet'), new Uint8Array(file));
    await expectAll((await listParts(folder))[0]);
  });
});

const double = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, 1));
const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('__proto__', '1', 'unit'));
const common = {
  site: name,
  on: fc.constantFrom('training-step' as const, 'probe-split' as const),
  step: fc.nat(),
  epoch: fc.double({ min: 0, noNaN: true }),
  images: fc.nat(),
};
const reading: fc.Arbitrary<Reading> = fc.record({
  ...common,
  probe: name,
  units: fc.dictionary(name, fc.array(double, { maxLength: 5 }), { maxKeys: 3, noNullPrototype: true }),
  layer: fc.dictionary(name, double, { maxKeys: 3, noNullPrototype: true }),
});
const values: fc.Arbitrary<StatisticValues> = fc.dictionary(
  fc.constantFrom(...STATISTICS),
  fc.float64Array({ maxLength: 6 }),
  { noNullPrototype: true },
);
const sample: fc.Arbitrary<TapSample> = fc.record({
  ...common,
  at: fc.constantFrom('activation' as const, 'preactivation' as const, 'gradient' as const),
  elements: fc.nat(),
  values,
});

it('any readings and samples come back exactly, from the spool as from the tables', async () => {
  const root = temporaryFolder();
  const item = fc.oneof(reading, sample);
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 6 }), async (items) => {
      const store = createRunStore({ root });
      const { writer } = await store.create(description);
      const events = items.map((value, i) =>
        'probe' in value ? probeReading(i + 1, value) : tapSampled(i + 1, value),
      );
      // Enough steps for a write, so that the samples are read from the spool at first.
      events.push(...Array.from({ length: 64 }, (_, i) => step(events.length + i + 1)));
      await record(writer, events.slice(0, 64));
      const reader = await store.open(writer.id);
      const check = async (expected: typeof events) => {
        const read = await collect(reader.events());
        expect(read).toHaveLength(expected.length);
        for (const [i, event] of read.entries()) expect(event).toEqual(expected[i]);
      };
      await check(events.slice(0, 64));
      await record(writer, events.slice(64));
      await writer.close();
      await check(events);
    }),
    { numRuns: 40 },
  );
});
