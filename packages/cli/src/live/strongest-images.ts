/** How strongly a unit answers to an image. */
export interface ImageOutput {
  /** Index in the split. */
  readonly image: number;
  readonly label: number;
  /** Greatest output over the positions, above 0. */
  readonly output: number;
}

/** Keeps, for each of many units, the images on which its greatest output is greatest. */
export class StrongestImages {
  private readonly ofUnits: ImageOutput[][];

  /** @param kept most images that are kept for a unit */
  constructor(
    units: number,
    private readonly kept: number,
  ) {
    this.ofUnits = Array.from({ length: units }, () => []);
  }

  /**
   * Tells of the next image. Outputs that are not above 0, or NaN, do not count; of equals the earlier image comes first.
   * @param outputs of every unit
   * @returns whether some unit keeps it, for now
   */
  add(image: number, label: number, outputs: Float32Array): boolean {
    let taken = false;
    for (const [unit, images] of this.ofUnits.entries()) {
      const output = outputs[unit];
      const weakest = images.length < this.kept ? 0 : images[images.length - 1].output;
      if (!(output > weakest)) continue;
      const place = images.findIndex((other) => other.output < output);
      images.splice(place < 0 ? images.length : place, 0, { image, label, output });
      images.splice(this.kept);
      taken = true;
    }
    return taken;
  }

  /** The strongest first. */
  of(unit: number): readonly ImageOutput[] {
    return this.ofUnits[unit];
  }

  /** Indices of all images that some unit keeps. */
  get images(): ReadonlySet<number> {
    return new Set(this.ofUnits.flat().map(({ image }) => image));
  }
}
