import type { Session, TuningMemory } from '@reluctant/core';
import { describe, expect, it, vi } from 'vitest';
import { openRemembering } from './open-remembering.js';
import { readTuning, writeTuning, type Tuning } from './tuning.js';

const tuning: Tuning = { choices: { 'conv2d 1': 'plain' }, convolutions: 2, differing: 1 };
const key = { device: 'd', subject: 's' };

function memoryOf(stored?: string) {
  const remember = vi.fn<TuningMemory['remember']>(async () => undefined);
  return { recall: async () => stored, remember, list: async () => [] } satisfies TuningMemory;
}

function opener() {
  const close = vi.fn(async () => undefined);
  const session = { close } as Partial<Session> as Session;
  return { close, open: vi.fn(async (known: Tuning | undefined) => ({ session, tuning: known ?? tuning })) };
}

describe('openRemembering', () => {
  it('remembers what was measured', async () => {
    const memory = memoryOf();
    const { open, close } = opener();
    expect((await openRemembering(memory, key, open)).tuning).toEqual(tuning);
    expect(open).toHaveBeenCalledWith(undefined);
    expect(memory.remember).toHaveBeenCalledWith(key, writeTuning(tuning));
    expect(close).not.toHaveBeenCalled();
  });

  it('opens by what is remembered, and leaves that alone', async () => {
    const memory = memoryOf(writeTuning(tuning));
    const { open } = opener();
    await openRemembering(memory, key, open);
    expect(open).toHaveBeenCalledWith(tuning);
    expect(memory.remember).not.toHaveBeenCalled();
  });

  it.each(['', 'null', '[]', '{"choices":{"a":1},"convolutions":1,"differing":0}', '{"choices":{}}'])(
    'measures anew where %j is remembered, which is no tuning',
    async (stored) => {
      expect(readTuning(stored)).toBeUndefined();
      const memory = memoryOf(stored);
      const { open } = opener();
      await openRemembering(memory, key, open);
      expect(open).toHaveBeenCalledWith(undefined);
      expect(memory.remember).toHaveBeenCalledOnce();
    },
  );

  it('remembers nothing of an opening that fails, and the next one goes on', async () => {
    const memory = memoryOf();
    const failing = openRemembering(memory, key, () => Promise.reject(new Error('no memory left')));
    const { open } = opener();
    const next = openRemembering(memory, key, open);
    await expect(failing).rejects.toThrow('no memory left');
    await next;
    expect(memory.remember).toHaveBeenCalledOnce();
  });

  it('closes the session where its tuning can not be remembered', async () => {
    const memory = memoryOf();
    memory.remember.mockRejectedValue(new Error('disk full'));
    const { open, close } = opener();
    await expect(openRemembering(memory, key, open)).rejects.toThrow('disk full');
    expect(close).toHaveBeenCalledOnce();
  });

  it('opens one after the other', async () => {
    const memory = memoryOf();
    const { open } = opener();
    let open1: () => void = () => undefined;
    const first = openRemembering(memory, key, async (known) => {
      await new Promise<void>((resolve) => (open1 = resolve));
      return open(known);
    });
    const later = opener();
    const second = openRemembering(memory, key, later.open);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(later.open).not.toHaveBeenCalled();
    open1();
    await Promise.all([first, second]);
    expect(later.open).toHaveBeenCalledOnce();
  });
});
