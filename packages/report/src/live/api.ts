import type { RunStatus, UnitTransition } from '@reluctant/core';
import type { ActivationByDepth } from '../queries/activation-by-depth.js';
import type { ActivationOverEpochs } from '../queries/activation-over-epochs.js';
import type { NeverFiredOverEpochs } from '../queries/never-fired-over-epochs.js';
import type { Site } from '../queries/sites.js';
import type { TrainingCurves } from '../queries/training-curves.js';
import type { UnitActivations } from '../queries/unit-activations.js';

/**
 * What the live server and its page say to each other. Every answer is JSON; numbers that are not finite are `null` in it. What
 * can't be answered is an `ApiFailure`. Answers have an `ETag`: asked for again with `If-None-Match`, as browsers do by themselves,
 * those that have not changed are a 304.
 *
 * | request                                        | answer                                             |
 * | ---------------------------------------------- | -------------------------------------------------- |
 * | `GET /api/runs`                                | `RunList`                                          |
 * | `GET /api/runs/:run`                           | `RunDetail`                                        |
 * | `GET /api/runs/:run/training`                  | `TrainingCurves` or `null`                         |
 * | `GET /api/runs/:run/layers`                    | `LayersOverEpochs` or `null`                       |
 * | `GET /api/runs/:run/depth`                     | `ActivationByDepth` or `null`                      |
 * | `GET /api/runs/:run/heat-map?site=S`           | `UnitActivations` or `null`                        |
 * | `GET /api/runs/:run/transitions`               | `TransitionList`                                   |
 * | `GET /api/runs/:run/unit?site=S&unit=U`        | `UnitDetail`                                       |
 * | `GET /api/runs/:run/unit-images?site=S&unit=U` | `UnitImages`: slower, as the network is run for it |
 * | `GET /api/events?runs=a,b`                     | `LiveEvent`s as server-sent events                 |
 *
 * In `runs` each id is encoded by itself, and a run that there is not is passed over: `runs.map(encodeURIComponent).join(',')`.
 *
 * An event's id holds the position in the log of each run named in the request, in that order: `12.340`. A page that
 * connects again sends the last one that it saw (`Last-Event-ID`, or `?after=`), also to a server that was started anew. One made of
 * `RunDetail.seq` serves too, but only the server's own tell of a log that was cut back by a resume. Without one the first event of
 * each run says that `everything` may have changed. Events tell that something has happened; what is drawn is asked for again.
 * They are made of what is known when a page is ready to take them, so that nothing is lost by a page that is late, and nothing
 * waits for it.
 */

export interface Progress {
  /** Completed, fractional inside an epoch. */
  readonly epoch: number;
  readonly epochs: number | null;
  readonly step: number;
  readonly steps: number | null;
  readonly secondsLeft: number | null;
}

export interface RunListItem {
  /** Opaque; safe in a path once encoded. */
  readonly id: string;
  /** Any text. */
  readonly name: string;
  readonly createdAt: string;
  /** `running` where no end was recorded. */
  readonly status: RunStatus | 'running';
  /** Whether a `running` one is being written just now; if not, it was killed or its machine stopped. */
  readonly alive: boolean;
  readonly seed: number;
  readonly dataset: string | null;
  readonly architecture: string | null;
  readonly progress: Progress | null;
  readonly trainLoss: number | null;
  readonly testAccuracy: number | null;
  /** Mean Pr[y>0] over units at the last measurement. */
  readonly meanPr: number | null;
  readonly neverFired: number | null;
  readonly units: number | null;
}

export interface RunList {
  /** The newest first. */
  readonly runs: readonly RunListItem[];
}

export interface RunDetail {
  readonly item: RunListItem;
  /** From input to output. */
  readonly sites: readonly Site[];
  /** Position in the log up to which this answer knows it. */
  readonly seq: number;
  readonly statusSentence: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Of `probe-split`, or of `training-step` where there is no other. */
  readonly on: ActivationByDepth['on'] | null;
}

export interface LayersOverEpochs {
  readonly activation: ActivationOverEpochs | null;
  readonly neverFired: NeverFiredOverEpochs | null;
}

export interface Transition extends Omit<UnitTransition, 'transition'> {
  readonly seq: number;
  readonly type: 'unit.born-dead' | 'unit.died' | 'unit.revived';
}

export interface TransitionList {
  readonly bornDead: number;
  readonly died: number;
  readonly revived: number;
  /** The latest, newest first. */
  readonly latest: readonly Transition[];
}

export interface UnitDetail {
  readonly site: Site;
  /** From 0. */
  readonly unit: number;
  /** One curve a measure that probes took of this unit. */
  readonly measures: readonly {
    readonly probe: string;
    readonly measure: string;
    readonly on: ActivationByDepth['on'];
    readonly epochs: readonly number[];
    readonly values: readonly (number | null)[];
  }[];
  readonly transitions: readonly Transition[];
}

/** A small picture, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGB, one byte each, base64. */
  readonly rgb: string;
}

export interface UnitImages {
  /** Of units of the first layer whose input is an image; scaled so that grey is a weight of 0. */
  readonly filter: Picture | null;
  /** Images of the probe split on which the unit's greatest output is greatest, in that order. */
  readonly strongest: readonly {
    readonly image: number;
    readonly label: number;
    /** Greatest output on the image, over its positions. */
    readonly output: number;
    readonly picture: Picture;
  }[];
  /** Why there are none. */
  readonly note: string | null;
}

/** Asked of whoever has engines and data sets: the report has neither. Rejects with a `ReluctantError`. */
export type InspectUnit = (run: string, site: string, unit: number, signal: AbortSignal) => Promise<UnitImages>;

export type LiveEvent =
  /** Runs that are new or changed, and those that are gone. The first event of a connection tells all. */
  | { readonly type: 'runs'; readonly changed: readonly RunListItem[]; readonly removed: readonly string[] }
  /** The following are about runs named in the request. */
  | { readonly type: 'steps'; readonly run: string; readonly progress: Progress; readonly loss: number | null }
  | { readonly type: 'measured'; readonly run: string; readonly step: number; readonly epoch: number }
  /** The latest, newest first. */
  | { readonly type: 'transitions'; readonly run: string; readonly transitions: readonly Transition[] }
  | { readonly type: 'changed'; readonly run: string; readonly what: 'training' | 'status' | 'everything' };

/** The body of every answer with a status of 400 or more. */
export interface ApiFailure {
  readonly error: {
    /** A code of `ReluctantError`, or one of HTTP: `NOT_FOUND`, `FORBIDDEN`, `METHOD_NOT_ALLOWED`, `BUSY`. */
    readonly code: string;
    /** Says what to do. */
    readonly message: string;
  };
}

export type { ActivationByDepth, ActivationOverEpochs, NeverFiredOverEpochs, TrainingCurves, UnitActivations };
