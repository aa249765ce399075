import { ReluctantError } from '@reluctant/core';

export type OnnxRuntime = typeof import('onnxruntime-node');

/** Loads ONNX Runtime with its native library. Throws `ENGINE_UNAVAILABLE` with the reason where it can't be. */
export async function loadOnnxRuntime(
  load: () => Promise<OnnxRuntime> = () => import('onnxruntime-node'),
): Promise<OnnxRuntime> {
  try {
    return await load();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ReluctantError(
      'ENGINE_UNAVAILABLE',
      `The onnx engine needs the native library of onnxruntime-node, which can't be loaded on ` +
        `${process.platform}-${process.arch}: ${reason}. Reinstall onnxruntime-node, or choose another engine.`,
      { cause: error },
    );
  }
}
