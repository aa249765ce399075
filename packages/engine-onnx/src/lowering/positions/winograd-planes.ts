import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import { leftProduct } from './left-product.js';
import { kronecker, reorderRows, transposed, type Matrix } from './matrix.js';
import type { WinogradTransforms } from './winograd-transforms.js';

/** Up to so many positions, one full matrix over all of them is faster than one along each axis. */
const MOST_POSITIONS_AT_ONCE = 81;

/** How the transforms are applied to whole maps, and how what they give is stacked. */
export interface WinogradPlanes {
  /** Extents of the stacks of matrices [rows · batch, channels] that the transforms give, of which some may share their weights. */
  readonly stacks: readonly number[];
  /** Extents of the stacks of weights, which broadcast against those. */
  readonly weightStacks: readonly number[];
  /** Of each matrix in a stack, for one image. */
  readonly rows: number;
  /** From the input's positions to stacks, or from those back for a gradient. */
  readonly input: PlaneTransform;
  /** From stacks to the output's positions, or from those back for a gradient. */
  readonly output: PlaneTransform;
  /** Adds up gradients for the weights, stacked like the maps, over the stacks that share them. */
  sumShared(builder: GraphBuilder, gradients: Value, weights: number): Value;
}

/** A linear map over positions: of a tensor [positions, line], whatever a line is. */
export interface PlaneTransform {
  apply(builder: GraphBuilder, value: Value, line: number): Value;
  /** Multiplies by the transposed matrix: what a gradient goes through. */
  applyTransposed(builder: GraphBuilder, value: Value, line: number): Value;
}

export function winogradPlanes(of: WinogradTransforms): WinogradPlanes {
  const positions = of.rows.input.columns * of.columns.input.columns;
  return positions <= MOST_POSITIONS_AT_ONCE ? allAtOnce(of) : axisByAxis(of);
}

function allAtOnce({ points, rows, columns }: WinogradTransforms): WinogradPlanes {
  // The Kronecker product has [point, tile, point, tile]; those of one pair of points are wanted together.
  const [down, across] = [rows.tiles, columns.tiles];
  const order = Array.from({ length: points * points * down * across }, (_, i) => {
    const [pair, tile] = [Math.floor(i / (down * across)), i % (down * across)];
    const row = Math.floor(pair / points) * down + Math.floor(tile / across);
    return row * points * across + (pair % points) * across + (tile % across);
  });
  const input = reorderRows(kronecker(rows.input, columns.input), order);
  const output = transposed(reorderRows(transposed(kronecker(rows.output, columns.output)), order));
  return {
    stacks: [points * points],
    weightStacks: [points * points],
    rows: down * across,
    input: fullTransform(input),
    output: fullTransform(output),
    sumShared: (_, gradients) => gradients,
  };
}

function fullTransform(by: Matrix): PlaneTransform {
  return {
    apply: (builder, value, line) => leftProduct(builder, by, value, line),
    applyTransposed: (builder, value, line) => leftProduct(builder, transposed(by), value, line),
  };
}

/** Stacks are [point, tile, point]: tiles that lie one below the other are apart, and share their weights. */
function axisByAxis({ points, rows, columns }: WinogradTransforms): WinogradPlanes {
  return {
    stacks: [points, rows.tiles, points],
    weightStacks: [points, 1, points],
    rows: columns.tiles,
    input: {
      apply: (builder, value, line) => rowsThenColumns(builder, rows.input, columns.input, value, line),
      applyTransposed: (builder, value, line) =>
        columnsThenRows(builder, transposed(rows.input), transposed(columns.input), value, line),
    },
    output: {
      apply: (builder, value, line) => columnsThenRows(builder, rows.output, columns.output, value, line),
      applyTransposed: (builder, value, line) =>
        rowsThenColumns(builder, transposed(rows.output), transposed(columns.output), value, line),
    },
    sumShared(builder, gradients, weights) {
      const ones = builder.ones([1, rows.tiles]);
      return builder.op('MatMul', [ones, builder.reshape(gradients, [points, rows.tiles, points * weights])]);
    },
  };
}

function rowsThenColumns(builder: GraphBuilder, byRows: Matrix, byColumns: Matrix, value: Value, line: number): Value {
  const high = leftProduct(builder, byRows, value, byColumns.columns * line);
  return alongColumns(builder, byColumns, high, byRows.rows, line);
}

function columnsThenRows(builder: GraphBuilder, byRows: Matrix, byColumns: Matrix, value: Value, line: number): Value {
  const narrow = alongColumns(builder, byColumns, value, byRows.columns, line);
  return leftProduct(builder, byRows, narrow, byColumns.rows * line);
}

function alongColumns(
  builder: GraphBuilder,
  { rows, columns, data }: Matrix,
  value: Value,
  height: number,
  line: number,
): Value {
  const stacked = builder.reshape(value, [height, columns, line]);
  return builder.op('MatMul', [builder.tensor(data, [rows, columns]), stacked]);
}
