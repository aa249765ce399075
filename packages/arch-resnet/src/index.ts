export { default as resnetModule } from './plugin.js';
export { resnet } from './resnet.js';
export { resnetOptionsSchema, type ResnetOptions } from './options.js';
export { resnetPlan, type ResnetPlan } from './resnet-plan.js';
