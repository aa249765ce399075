/**
 * Internal operators of ONNX Runtime for maps in blocks of channels. They have no published contract: the version of the runtime is
 * pinned, and a device's self-check comes before their use.
 */
export const BLOCKED_DOMAIN = 'com.microsoft.nchwc';

/** Operators that ONNX Runtime documents beside those of the standard. */
export const CONTRIB_DOMAIN = 'com.microsoft';
