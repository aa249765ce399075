/** A text as the number that it is; what is none stays as it is, for a schema to refuse. */
export function readNumber(text: unknown): unknown {
  if (typeof text !== 'string' || text.trim() === '') return text;
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}
