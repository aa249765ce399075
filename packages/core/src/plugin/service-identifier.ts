import type { ServiceIdentifier } from 'inversify';

/** The identifier under which implementations of a contract are bound: same-named constant beside the interface. */
export function serviceIdentifier<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(`reluctant/${name}`);
}
