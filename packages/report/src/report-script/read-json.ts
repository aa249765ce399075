/** The data that a figure carries under a name; undefined where it carries none. The page was made by the same version as this. */
export function readJson<T>(figure: Element, name: string): T | undefined {
  const text = figure.querySelector(`script.${name}`)?.textContent;
  return text ? (JSON.parse(text) as T) : undefined;
}
