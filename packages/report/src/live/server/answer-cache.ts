/** Bodies of answers, those that were asked for last. What is asked for while it is being made is made once. */
export class AnswerCache {
  private readonly bodies = new Map<string, { readonly version: string; readonly body: Promise<string> }>();

  constructor(private readonly most: number) {}

  /** @param version of what `make` makes: one of another version is not given back */
  get(key: string, version: string, make: () => Promise<string>): Promise<string> {
    const kept = this.bodies.get(key);
    this.bodies.delete(key);
    const entry = kept?.version === version ? kept : { version, body: make() };
    this.bodies.set(key, entry);
    for (const oldest of this.bodies.keys()) {
      if (this.bodies.size <= this.most) break;
      this.bodies.delete(oldest);
    }
    entry.body.catch(() => {
      if (this.bodies.get(key) === entry) this.bodies.delete(key);
    });
    return entry.body;
  }
}
