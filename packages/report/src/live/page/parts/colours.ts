import { signal } from '@preact/signals';

/** Counts changes of the colour scheme: whoever draws with resolved colours reads it. */
export const schemeChanges = signal(0);

const dark = matchMedia('(prefers-color-scheme: dark)');
dark.addEventListener('change', () => schemeChanges.value++);

/** The present value of a colour that is `var(--name)`; any other as it is. */
export function resolvedColours(): (colour: string) => string {
  const style = getComputedStyle(document.documentElement);
  const known = new Map<string, string>();
  return (colour) => {
    const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
    if (name === undefined) return colour;
    const value = known.get(name) ?? style.getPropertyValue(name).trim();
    known.set(name, value);
    return value;
  };
}
