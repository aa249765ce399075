/** What `import('onnxruntime-node')` gives. */
export type OnnxRuntime = typeof import('onnxruntime-node');
