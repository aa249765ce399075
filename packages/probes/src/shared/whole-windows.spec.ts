import type { Tap, TapSample } from '@reluctant/core';
import { from, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { denseSample } from '@reluctant/core/testing';
import { wholeWindows } from './whole-windows.js';

const taps: readonly Tap[] = (['activation', 'gradient'] as const).map((at) => ({
  site: 'relu',
  at,
  statistics: ['fired'],
  on: 'training-step',
}));

const sampleAt = (at: TapSample['at'], step: number) =>
  denseSample(2, { fired: Float64Array.of(step) }, { at, step, on: 'training-step' });

/** The points and steps of the windows that come out. */
function windowsOf(samples: readonly TapSample[], of = taps): string[][] {
  const found: string[][] = [];
  wholeWindows(from(samples), of)
    .pipe(toArray())
    .subscribe((windows) => {
      for (const window of windows) found.push([...window.values()].map(({ at, step }) => `${at} ${step}`).sort());
    });
  return found;
}

describe('wholeWindows', () => {
  it('brings the samples of a window together, in whichever order they come', () => {
    const samples = [
      sampleAt('gradient', 1),
      sampleAt('preactivation', 1),
      sampleAt('activation', 1),
      sampleAt('activation', 2),
      sampleAt('gradient', 2),
    ];
    expect(windowsOf(samples)).toEqual([
      ['activation 1', 'gradient 1'],
      ['activation 2', 'gradient 2'],
    ]);
  });

  it('does not mix windows, and drops what stays incomplete', () => {
    const samples = [sampleAt('activation', 1), sampleAt('gradient', 2), sampleAt('activation', 2)];
    expect(windowsOf(samples)).toEqual([['activation 2', 'gradient 2']]);
  });

  it('keeps sites and series apart', () => {
    const elsewhere = taps.map((tap) => ({ ...tap, site: 'other' }));
    const other = { ...sampleAt('gradient', 1), site: 'other' };
    expect(windowsOf([sampleAt('activation', 1), other], [...taps, ...elsewhere])).toEqual([]);
  });

  it('begins anew for every subscriber', () => {
    const windows$ = wholeWindows(from([sampleAt('gradient', 1)]), taps);
    const rest$ = wholeWindows(from([sampleAt('activation', 1)]), taps);
    let seen = 0;
    for (const stream$ of [windows$, rest$, windows$]) stream$.subscribe(() => seen++);
    expect(seen).toBe(0);
  });

  it('fails at the first sample that lacks a statistic', () => {
    let failure: unknown;
    wholeWindows(from([{ ...sampleAt('gradient', 1), values: {} }]), taps).subscribe({
      error: (error) => (failure = error),
    });
    expect(failure).toMatchObject({ code: 'PROBE_FAILED' });
  });
});
