import type { SimulationNote } from '@reluctant/core';

export const information = (text: string): SimulationNote => ({ severity: 'information', text });
export const warning = (text: string): SimulationNote => ({ severity: 'warning', text });

/** A number of three digits, for people. */
export const format = (value: number) => String(Number(value.toPrecision(3)));

/** A level of confidence as it was given, without the rounding errors of its multiplication: `99.9 %`. */
export const percent = (confidence: number) => `${Number((100 * confidence).toPrecision(12))} %`;
