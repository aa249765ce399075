/** A name for a figure's file that any file system takes and that leads out of no folder, whatever its id. */
export function fileName(id: string, extension: string): string {
  const stem = id
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+/, '')
    .slice(0, 120);
  return `${stem === '' ? 'chart' : stem}.${extension}`;
}
