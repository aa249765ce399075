export { type ExportedFile, type ExportOptions } from './export-options.js';
export { OutputFile } from './files/output-file.js';
export { csvLine } from './tables/csv.js';
export { exportTables, type TableExportOptions } from './tables/export-tables.js';
export { COMPRESSIONS, type Compression } from './tables/parquet.js';
export { TABLES, type Cell, type Column, type ColumnType, type Table, type TableName } from './tables/table.js';
export { exportTensorBoard } from './tensorboard/export-tensorboard.js';
