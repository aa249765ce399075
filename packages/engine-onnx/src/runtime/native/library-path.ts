import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const LIBRARIES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'libonnxruntime.so.1',
  darwin: 'libonnxruntime.1.dylib',
  win32: 'onnxruntime.dll',
};

/** Path of the shared library that the installed onnxruntime-node brings for this platform; throws where it brings none. */
export function libraryPath(platform = process.platform, arch = process.arch): string {
  const name = LIBRARIES[platform];
  if (name === undefined) throw new Error(`onnxruntime-node brings no library for ${platform}`);
  const root = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  return join(root, 'bin', 'napi-v6', platform, arch, name);
}
