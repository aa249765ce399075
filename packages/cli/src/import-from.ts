import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Imports modules as a file in `folder` would: `./x.js` relative to it, `name` from its node_modules. */
export function importFrom(folder: string): (specifier: string) => Promise<unknown> {
  const require = createRequire(join(folder, 'importer.js'));
  return (specifier) => {
    const isPath = specifier.startsWith('.') || specifier.startsWith('/');
    const file = isPath ? resolve(folder, specifier) : require.resolve(specifier);
    return import(pathToFileURL(file).href);
  };
}
