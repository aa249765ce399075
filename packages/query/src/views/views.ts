import { runViews } from './run-views.js';
import { trainingViews } from './training-views.js';
import { unitViews } from './unit-views.js';
import type { View } from './view.js';

/** Changes with anything by which a query that worked would fail or mean something else. */
export const SCHEMA = 'reluctant_v1';

/** Every documented view of the schema. */
export const VIEWS: readonly View[] = [...runViews, ...trainingViews, ...unitViews];
