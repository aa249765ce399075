/** The kind of a choice in an experiment's configuration, written out (`{ kind }`) or bare. */
export function kindOf(choice: unknown): string | undefined {
  const kind = typeof choice === 'object' && choice !== null && 'kind' in choice ? choice.kind : choice;
  return typeof kind === 'string' ? kind : undefined;
}
