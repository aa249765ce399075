import type { Browser } from 'playwright-core';

/** What pictures are to be taken of, and where they go. */
export interface Order {
  readonly browser: Browser;
  /** A folder of runs. */
  readonly runs: string;
  /** Folder of the pictures. */
  readonly out: string;
  /** Every part and view, not only those that the README shows. */
  readonly all: boolean;
}

/** The looks in which everything is photographed. */
export const LOOKS = [
  { name: 'light', width: 1280, colorScheme: 'light' },
  { name: 'dark', width: 1280, colorScheme: 'dark' },
  { name: 'narrow', width: 360, colorScheme: 'light' },
] as const;
