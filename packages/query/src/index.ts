export { openQuerySession, type QueryOptions, type QueryResult, type QuerySession, type ResultColumn } from './session/query-session.js'; // prettier-ignore
export type { Cell } from './session/cell.js';
export { EXAMPLES, type QueryExample } from './views/examples.js';
export { SCHEMA, VIEWS } from './views/views.js';
export type { Column, ColumnType, View } from './views/view.js';
