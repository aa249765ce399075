import { eventProto } from './event-proto.js';
import type { SummaryValue } from './summaries.js';

/** The number of strings in `DataType`. */
const DT_STRING = 7;

/** The first record of every event file. */
export function encodeFileVersion(wallTime: number): Uint8Array {
  return encode({ wall_time: wallTime, file_version: 'brain.Event:2' });
}

/** @param wallTime seconds since 1970 */
export function encodeSummary(wallTime: number, step: number, values: readonly SummaryValue[]): Uint8Array {
  return encode({ wall_time: wallTime, step, summary: { value: values.map(summaryValue) } });
}

function summaryValue(value: SummaryValue): object {
  const { tag } = value;
  if ('scalar' in value) return { tag, simple_value: value.scalar };
  if ('histogram' in value) return { tag, histo: value.histogram };
  const tensor = {
    dtype: DT_STRING,
    tensor_shape: { dim: [{ size: 1 }] },
    string_val: [Buffer.from(value.text, 'utf8')],
  };
  return { tag, metadata: { plugin_data: { plugin_name: 'text' } }, tensor };
}

function encode(event: object): Uint8Array {
  const type = eventProto();
  return type.encode(type.create(event)).finish();
}
