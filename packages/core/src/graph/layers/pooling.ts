import { refuseChannelsFirst, type LayerCall, type LayerReader } from './layer-call.js';
import { pair, resolvePadding } from './windows.js';

function poolWindow(call: LayerCall) {
  refuseChannelsFirst(call);
  const size = pair(call.config.poolSize, [2, 2]);
  const strides = pair(call.config.strides, size);
  return { size, strides, padding: resolvePadding(call, call.inputShapes[0], { size, strides }) };
}

export const poolingReaders: Readonly<Record<string, LayerReader>> = {
  MaxPooling2D: (call) => [{ op: 'maxPool', ...poolWindow(call) }],
  AveragePooling2D: (call) => [{ op: 'averagePool', ...poolWindow(call) }],
  GlobalAveragePooling2D: (call) => {
    refuseChannelsFirst(call);
    return [{ op: 'globalAveragePool' }];
  },
};
