import type { AddCommand, BindBody } from '../command-line.js';
import { bundle } from './bundle.js';

const HELP = `
In the archive: the experiment with every option, the record, the report, versions and machine, check sums, and a README.txt. Images
are not in it: the data set is named, with its digest. The same record gives the same bytes.`;

export function addBundleCommand(command: AddCommand, bind: BindBody): void {
  command(
    'bundle <run>',
    'make one archive of a completed run, to share and to repeat it from',
    'reluctant bundle 20260131-101500-vgg11-cifar10-1a2b3c4d -o vgg11.tar.gz && reluctant run --from vgg11.tar.gz',
  )
    .option('-o, --out <file>', 'the archive; by default RUN.tar.gz in the working directory')
    .option('--checkpoints', 'with the weights and the optimizer state, which make it large')
    .addHelpText('after', HELP)
    .action(bind(bundle));
}
