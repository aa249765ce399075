import pc from 'picocolors';

/** Colours for a stream: only where a person watches it and has not asked for none (https://no-color.org). */
export function colorsFor(stream: { readonly isTTY?: boolean }): ReturnType<typeof pc.createColors> {
  return pc.createColors(stream.isTTY === true && !process.env.NO_COLOR);
}
