/** Of Node: named by what makes pages, whose types are checked along with the script, though none of it is part of that. */
declare module 'node:zlib' {
  export function deflateSync(
    data: string,
    options: { readonly level: number },
  ): { toString(encoding: 'base64'): string };
}
