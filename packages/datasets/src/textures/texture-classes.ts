import type { Random } from '@reluctant/core';

/** Brightness in [0, 1] at a point, in pixels. */
export type Field = (x: number, y: number) => number;

/** A kind of texture: draws one member at random. */
export interface TextureClass {
  readonly name: string;
  draw(random: Random, side: number): Field;
}

const TURN = 2 * Math.PI;

/** Ten classes that differ in structure only: periods, phases, positions and colours are drawn alike for all of them. */
export const TEXTURE_CLASSES: readonly TextureClass[] = [
  { name: 'horizontal stripes', draw: (random) => stripes(random, 90) },
  { name: 'vertical stripes', draw: (random) => stripes(random, 0) },
  { name: 'rising stripes', draw: (random) => stripes(random, 45) },
  { name: 'falling stripes', draw: (random) => stripes(random, 135) },
  { name: 'checkers', draw: checkers },
  { name: 'dots', draw: dots },
  { name: 'rings', draw: rings },
  { name: 'spokes', draw: spokes },
  { name: 'clouds', draw: clouds },
  { name: 'speckles', draw: speckles },
];

/** A sinusoidal grating whose brightness changes along `degrees` (from the x axis, y downwards), give or take 10°. */
function stripes(random: Random, degrees: number): Field {
  return grating(random, ((degrees + between(random, -10, 10)) / 360) * TURN);
}

function grating(random: Random, angle: number, scale = 1): Field {
  const frequency = TURN / (scale * period(random));
  const phase = between(random, 0, TURN);
  const a = frequency * Math.cos(angle);
  // The y axis of an image points down: a positive angle must still rise to the right.
  const b = -frequency * Math.sin(angle);
  return (x, y) => 0.5 + 0.5 * Math.cos(a * x + b * y + phase);
}

function checkers(random: Random): Field {
  const { across, down } = lattice(random);
  return (x, y) => (across(x, y) < 0.5 === down(x, y) < 0.5 ? 1 : 0);
}

function dots(random: Random): Field {
  const { across, down } = lattice(random);
  return (x, y) => (Math.hypot(across(x, y) - 0.5, down(x, y) - 0.5) < 0.3 ? 1 : 0);
}

function rings(random: Random, side: number): Field {
  const frequency = TURN / period(random);
  const phase = between(random, 0, TURN);
  const [centreX, centreY] = centre(random, side);
  return (x, y) => 0.5 + 0.5 * Math.cos(frequency * Math.hypot(x - centreX, y - centreY) + phase);
}

function spokes(random: Random, side: number): Field {
  const count = 5 + random.integer(4);
  const phase = between(random, 0, TURN);
  const [centreX, centreY] = centre(random, side);
  return (x, y) => 0.5 + 0.5 * Math.cos(count * Math.atan2(y - centreY, x - centreX) + phase);
}

/** The mean of wide gratings in five directions: no direction stands out. */
function clouds(random: Random): Field {
  const start = between(random, 0, TURN);
  const gratings = Array.from({ length: 5 }, (_, i) => grating(random, start + (i * TURN) / 10, 2));
  return (x, y) => {
    let sum = 0;
    for (const wave of gratings) sum += wave(x, y);
    return Math.min(1, Math.max(0, 0.5 + (sum / gratings.length - 0.5) * 2));
  };
}

/** Blocks of 2×2 pixels, each dark or bright by chance. */
function speckles(random: Random, side: number): Field {
  const columns = Math.ceil(side / 2);
  const bright = Uint8Array.from({ length: columns * columns }, () => random.integer(2));
  return (x, y) => bright[(y >> 1) * columns + (x >> 1)];
}

/** Position within the cell of a square lattice, turned by at most 10°, each coordinate in [0, 1). */
function lattice(random: Random): { across: Field; down: Field } {
  const angle = (between(random, -10, 10) / 360) * TURN;
  const cell = period(random);
  const [shiftX, shiftY] = [random.uniform(), random.uniform()];
  const [cosine, sine] = [Math.cos(angle) / cell, Math.sin(angle) / cell];
  const fraction = (value: number): number => value - Math.floor(value);
  return {
    across: (x, y) => fraction(cosine * x + sine * y + shiftX),
    down: (x, y) => fraction(cosine * y - sine * x + shiftY),
  };
}

function centre(random: Random, side: number): [number, number] {
  return [between(random, side / 4, (3 * side) / 4), between(random, side / 4, (3 * side) / 4)];
}

/** Pixels per repetition. */
function period(random: Random): number {
  return between(random, 6, 10);
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}
