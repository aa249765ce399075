/** Name of the list of check sums, in the form that `sha256sum -c` takes. */
export const SUMS = 'SHA256SUMS';

/** Files without which a bundle is none. */
export const REQUIRED = ['environment.json', 'events.jsonl', 'experiment.json', 'manifest.json'] as const;

const DOCUMENT = /^(README\.txt|SHA256SUMS|environment\.json|experiment\.json|manifest\.json)$/;
const RECORD =
  /^(events\.jsonl|report\.html|(readings|taps)\/part-\d{10,16}-\d{10,16}\.parquet|checkpoints\/step-\d{8,16}\.safetensors)$/;

/** Whether a bundle may hold a file of this name, its top folder left out. */
export function isBundleName(name: string): boolean {
  return DOCUMENT.test(name) || RECORD.test(name);
}

/** Whether it is one that is read into memory as a whole. */
export function isDocument(name: string): boolean {
  return DOCUMENT.test(name);
}

/** The name of an archive's file without its top folder; undefined where it has none, or a strange one. */
export function nameInBundle(path: string): { readonly root: string; readonly name: string } | undefined {
  const parts = /^([A-Za-z0-9][\w.-]{0,199})\/([\w./-]{1,200})$/.exec(path);
  return parts && isBundleName(parts[2]) ? { root: parts[1], name: parts[2] } : undefined;
}
