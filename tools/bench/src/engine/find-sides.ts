import { ReluctantError, type SelectedEngine } from '@reluctant/core';
import { PYTORCH } from '../pytorch/pytorch-program.js';
import { startPython } from '../python-program.js';
import { findEngines } from '../step/open-subjects.js';
import type { Sides } from './engine-report.js';
import type { EngineSettings } from './engine-settings.js';

/** @throws ReluctantError `ENGINE_UNAVAILABLE` where ours, or a required PyTorch, is missing */
export async function findSides(
  settings: Pick<EngineSettings, 'threads' | 'spinning' | 'python' | 'requirePytorch'>,
): Promise<{ engine: SelectedEngine; sides: Sides }> {
  const { threads, spinning, python, requirePytorch } = settings;
  const [engine] = await findEngines(['onnx'], { threads, spinning });
  const { version, device } = engine.status;
  return { engine, sides: { ours: { version, device }, pytorch: await findPytorch(python, requirePytorch) } };
}

async function findPytorch(python: string, required: boolean): Promise<Sides['pytorch']> {
  try {
    const { process, versions } = await startPython(python, PYTORCH);
    await process.close();
    return versions;
  } catch (error) {
    if (required || !ReluctantError.is(error)) throw error;
    return { unavailable: error.message };
  }
}
