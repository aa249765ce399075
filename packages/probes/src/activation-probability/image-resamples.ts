import { ClusterResamples } from '@reluctant/core';

const SEED = 1;

/** The resamples of the last measurement: the next layer and the next measurement are of as many images. */
let last: ClusterResamples | undefined;

/** Resamples of so many images. They depend on the two numbers alone, so that equal counters give equal readings, also after a resume. */
export function imageResamples(images: number, resamples: number): ClusterResamples {
  if (last?.clusters !== images || last.resamples !== resamples) last = new ClusterResamples(images, resamples, SEED);
  return last;
}
