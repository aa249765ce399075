/** A measure, or several that are defined together. */
export interface Definition {
  readonly names: readonly string[];
  readonly text: string;
}

/** What the docstring of a probe says, in Markdown. */
export interface Docstring {
  readonly prose: string;
  readonly units: readonly Definition[];
  readonly layer: readonly Definition[];
  readonly events: readonly Definition[];
  readonly sources: readonly string[];
}

const BULLET = /^- (?:(layer|event) )?(`[^`]+`(?:, `[^`]+`)*): (.+)$/s;

/**
 * Takes a docstring apart: bullets "- `name`: …", "- layer `name`: …" and "- event `name`: …" are definitions, the rest is prose,
 * other lists included.
 * @param comment without the asterisks
 * @param sources what its `@see` tags say
 */
export function parseDocstring(comment: string, sources: readonly string[] = []): Docstring {
  const parts = { units: [] as Definition[], layer: [] as Definition[], events: [] as Definition[] };
  const prose: string[] = [];
  for (const paragraph of comment.trim().split(/\n\s*\n/)) {
    const rest = paragraph.split(/\n(?=- )/).filter((item) => {
      const bullet = BULLET.exec(unwrapped(item));
      if (!bullet) return true;
      const [, of, names, text] = bullet;
      const kind = of === 'layer' ? 'layer' : of === 'event' ? 'events' : 'units';
      parts[kind].push({ names: [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name), text });
      return false;
    });
    if (rest.length > 0) prose.push(rest.map(unwrapped).join('\n'));
  }
  return { prose: prose.join('\n\n'), ...parts, sources: sources.map(unwrapped) };
}

function unwrapped(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
