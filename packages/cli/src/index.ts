export { main } from './program.js';
export { compose, type Composition } from './compose.js';
