import { resnet } from '@reluctant/arch-resnet';
import { vgg } from '@reluctant/arch-vgg';
import { ReluctantError, type Architecture, type InitializerFactory, type Network, type Task } from '@reluctant/core';

/** Images of CIFAR-10's shape. */
export const TASK: Task = { inputShape: [32, 32, 3], classes: 10 };

export type ArchitectureBuilder = (initializers: InitializerFactory) => Network;

/**
 * Networks by the names that papers give them: vgg11, vgg13, vgg16, vgg19 (plain, as published first; with
 * `-bn` behind: with batch normalisation), resnet18, resnet34, and
 * resnet20, 32, 44, … for CIFAR-10 (with batch normalisation).
 *
 * @param width factor on VGG's channels; a ResNet's first stage gets 16 (64 for resnet18 and 34) times it
 * @throws ReluctantError `USAGE` for any other name
 */
export function architectureBuilder(name: string, width: number): ArchitectureBuilder {
  const [, family, digits, suffix] = /^(vgg|resnet)(\d+)(-bn)?$/.exec(name) ?? [];
  if (family === 'vgg') return withOptions(name, vgg, { layout: `vgg${digits}`, width, batchNorm: suffix === '-bn' });
  if (suffix !== undefined) throw unknownArchitecture(name);
  if (family === 'resnet' && ['18', '34'].includes(digits)) {
    return withOptions(name, resnet, { variant: name, width: scaled(64, width) });
  }
  if (family === 'resnet') return withOptions(name, resnet, { depth: Number(digits), width: scaled(16, width) });
  throw unknownArchitecture(name);
}

function withOptions<O>(name: string, architecture: Architecture<O>, options: object): ArchitectureBuilder {
  const parsed = architecture.options.safeParse(options);
  if (!parsed.success) throw unknownArchitecture(name);
  return (initializers) => architecture.build(parsed.data, TASK, initializers);
}

function scaled(channels: number, width: number): number {
  return Math.max(1, Math.round(channels * width));
}

function unknownArchitecture(name: string): ReluctantError {
  return new ReluctantError(
    'USAGE',
    `Unknown architecture "${name}". Known: vgg11, vgg13, vgg16, vgg19 (vgg16-bn with batch normalisation), resnet18, resnet34, and resnet of depth 6n + 2.`,
  );
}
