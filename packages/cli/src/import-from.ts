import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';

/** Imports modules as a file in `folder` would: `./x.js` relative to it, `name` from its node_modules. */
export function importFrom(folder: string): (specifier: string) => Promise<unknown> {
  const importer = join(folder, 'importer.js');
  const require = createRequire(importer);
  return (specifier) => {
    const isPath = specifier.startsWith('.') || specifier.startsWith('/');
    try {
      const file = isPath ? resolve(folder, specifier) : require.resolve(specifier);
      return import(pathToFileURL(file).href);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
      return nativeImport(importer, specifier);
    }
  };
}

/** For packages that export to `import` alone, which `require.resolve` refuses; Node warns that this way is experimental. */
function nativeImport(importer: string, specifier: string): Promise<unknown> {
  const script = new Script('(specifier) => import(specifier)', {
    filename: importer,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return (script.runInThisContext() as (specifier: string) => Promise<unknown>)(specifier);
}
