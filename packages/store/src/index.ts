export { createRunStore, type RunStoreOptions } from './file-run-store.js';
export { storeModule } from './store-module.js';
export { createTuningMemory } from './file-tuning-memory.js';
export { acquireRunLock, type RunLock } from './run-lock.js';
export { tuningMemoryModule } from './tuning-memory-module.js';
export { decodeJson, encodeJson } from './event-codec.js';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.js';
