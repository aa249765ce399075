#!/usr/bin/env node
// `npm run setup:gpu`: installs @tensorflow/tfjs-node-gpu beside the workspace's packages, without recording it, so that an
// install that fails leaves everything as it was. Its install script fetches libtensorflow, so it alone may run one.
import { spawnSync } from 'node:child_process';

const VERSION = '4.22.0';
const wanted = `@tensorflow/tfjs-node-gpu@${VERSION}`;

const command = [
  'install',
  wanted,
  '--no-save',
  '--package-lock=false',
  '--ignore-scripts=false',
  '--no-fund',
  '--no-audit',
];
console.error(`npm ${command.join(' ')}`);
const { status } = spawnSync('npm', command, { stdio: 'inherit', shell: process.platform === 'win32' });
if (status !== 0) {
  console.error(
    `\n${wanted} could not be installed. It downloads libtensorflow and needs CUDA 11 and cuDNN 8 on Linux.\n` +
      'Nothing else is affected: the onnx engine needs none of it. `npx reluctant doctor` shows which engines are present.',
  );
  process.exit(1);
}
console.error('\nInstalled. `npx reluctant doctor` shows whether it finds the GPU.');
