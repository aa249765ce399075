import { expect, it } from 'vitest';
import { encodeFileVersion, encodeSummary } from './encode-event.js';
import fixture from './fixtures/events.json' with { type: 'json' };
import { tfRecord } from './tf-record.js';

const histogram = {
  min: 0,
  max: 1,
  num: 3,
  sum: 1.25,
  sum_squares: 1.0625,
  bucket_limit: [0, 0.5, 1],
  bucket: [1, 1, 1],
};

it("an event file is byte by byte what Google's protobuf writes by TensorBoard's definitions", () => {
  const events = [
    encodeFileVersion(1769850000.125),
    encodeSummary(1769850001.5, 0, [{ tag: 'experiment/config', text: '    {"name": "grüße 😀"}' }]),
    encodeSummary(1769850002, 2 ** 40 + 1, [
      { tag: 'step/loss', scalar: 0.1 },
      { tag: 'step/accuracy', scalar: 0 },
      { tag: 'step/nothing', scalar: NaN },
      { tag: 'step/much', scalar: Infinity },
      { tag: 'activation-probability/conv1', histogram },
    ]),
  ];
  expect(Buffer.concat(events.map(tfRecord)).toString('base64')).toBe(fixture.file);
});
