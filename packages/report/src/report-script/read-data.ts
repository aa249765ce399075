/** The data that a figure carries under a name; undefined where it carries none. The page was made by the same version as this. */
export function readJson<T>(figure: Element, name: string): T | undefined {
  const text = figure.querySelector(`script.${name}`)?.textContent;
  return text ? (JSON.parse(text) as T) : undefined;
}

/** The same of what is compressed. */
export async function readCompressed<T>(figure: Element, name: string): Promise<T | undefined> {
  const text = figure.querySelector(`script.${name}`)?.textContent;
  if (!text) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(unpacked).text()) as T;
}
