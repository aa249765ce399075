/** The positions of a map, counted row by row. */
export interface BorderAndInterior {
  readonly border: readonly number[];
  readonly interior: readonly number[];
}

/** The outermost rows and columns of a map, and the rest; undefined where there is no rest. */
export function borderAndInterior([height, width]: readonly [number, number]): BorderAndInterior | undefined {
  if (height < 3 || width < 3) return undefined;
  const border: number[] = [];
  const interior: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const inside = row > 0 && row < height - 1 && column > 0 && column < width - 1;
      (inside ? interior : border).push(row * width + column);
    }
  }
  return { border, interior };
}
