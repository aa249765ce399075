/** Whether `text` is of the form of `pattern`, in which `*` stands for any characters, none included, and `?` for exactly one. */
export function matchesGlob(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/\*+/g, '*')
    .replace(/[\\^$.+()|[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su').test(text);
}
