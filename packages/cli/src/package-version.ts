import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Version of this command, from its package.json. */
export function packageVersion(): string {
  return (require('../package.json') as { readonly version: string }).version;
}
