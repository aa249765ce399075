// For `node --import`: makes Node able to load the TypeScript sources of this repository.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
