import { ContainerModule } from 'inversify';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Engine } from '../engine/engine.js';
import { ReluctantError } from '../errors.js';
import { Probe } from '../probe/probe.js';
import { createContainer, loadPlugins, plugins } from './plugins.js';

const complete = (kind: string) => ({ kind, summary: `the ${kind}`, options: z.strictObject({}) });
const probeModule = (probe: unknown) =>
  new ContainerModule(({ bind }) => void bind(Probe).toConstantValue(probe as never));
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'PLUGIN_INVALID', message: expect.stringMatching(message) }) as ReluctantError;

describe('plugins', () => {
  it.each([
    [undefined, /A probe plugin has no kind, no summary, no options/],
    [{ ...complete(''), kind: 3 }, /A probe plugin has no kind\./],
    [{ ...complete('mine'), options: {} }, /The probe plugin "mine" has no options \(a zod object schema\)\./],
  ])('names what %j lacks', async (probe, message) => {
    const container = await createContainer([probeModule(probe)]);
    expect(() => plugins(container)).toThrow(invalid(message));
  });

  it('says which contract a plugin belongs to that throws when it is made', async () => {
    const module = new ContainerModule(({ bind }) => {
      bind(Probe).toDynamicValue(() => {
        throw new Error('no licence');
      });
    });
    const container = await createContainer([module]);
    expect(() => plugins(container)).toThrow(invalid(/A probe plugin can't be made: .*no licence/));
  });

  it('refuses two plugins of one kind, and an engine called as what means any engine', async () => {
    const twice = await createContainer([probeModule(complete('mine')), probeModule(complete('mine'))]);
    expect(() => plugins(twice)).toThrow(invalid(/Two plugins claim the probe kind "mine"/));
    const module = new ContainerModule(({ bind }) => void bind(Engine).toConstantValue(complete('auto') as never));
    const reserved = await createContainer([module]);
    expect(() => plugins(reserved)).toThrow(invalid(/No engine may be called "auto"/));
  });
});

describe('loadPlugins', () => {
  const importing = (module: unknown) => async () => ({ default: module });

  it('loads a module once, though it is named twice and by two callers', async () => {
    const container = await createContainer([]);
    const module = probeModule(complete('mine'));
    await loadPlugins(container, ['./mine.js', 'mine'], importing(module));
    await loadPlugins(container, ['../x/mine.js'], importing(module));
    expect(plugins(container).probe.kinds).toEqual(['mine']);
    const other = await createContainer([]);
    await loadPlugins(other, ['./mine.js'], importing(module));
    expect(plugins(other).probe.kinds).toEqual(['mine']);
  });

  it('loads a module that works asynchronously', async () => {
    const container = await createContainer([]);
    const module = new ContainerModule(async ({ bind }) => {
      await Promise.resolve();
      bind(Probe).toConstantValue(complete('late') as never);
    });
    await loadPlugins(container, ['late'], importing(module));
    expect(plugins(container).probe.kinds).toEqual(['late']);
  });

  it.each([
    ['no module', importing({}), /Plugin "x" can't be loaded: its default export is not/],
    [
      'a module that throws',
      importing(
        new ContainerModule(() => {
          throw new Error('no luck');
        }),
      ),
      /can't be loaded: no luck/,
    ],
    ['an import that throws', () => Promise.reject(new Error('syntax')), /Plugin "x" can't be loaded: syntax/],
  ])('names the specifier of %s', async (_, importModule, message) => {
    const container = await createContainer([]);
    await expect(loadPlugins(container, ['x'], importModule)).rejects.toEqual(invalid(message));
  });
});
