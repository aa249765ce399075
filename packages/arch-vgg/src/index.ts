export { default as vggModule } from './plugin.js';
export { vgg } from './vgg.js';
export { vggOptionsSchema, type VggOptions } from './options.js';
export { VGG_LAYOUTS, type LayoutItem } from './layouts.js';
