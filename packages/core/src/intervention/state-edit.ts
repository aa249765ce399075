import type { NamedArray, NamedArrays } from '../engine/named-arrays.js';
import { ReluctantError } from '../errors.js';
import { parameterOfSlot } from '../optimizer/update-rule.js';

/**
 * Changes to single entries of a state, which itself stays as it is. An entry of a parameter that is set begins anew: the
 * optimizer's slots of it (momentum, moments) become 0, as before the first step. An optimizer's count of steps, on which Adam's
 * bias correction rests, is one for the whole network and is not touched.
 */
export class StateEdit {
  private readonly edited = new Map<string, NamedArray>();
  private readonly slots = new Map<string, string[]>();

  constructor(private readonly state: NamedArrays) {
    for (const name of Object.keys(state)) {
      const parameter = parameterOfSlot(name);
      if (parameter !== undefined) this.slots.set(parameter, [...(this.slots.get(parameter) ?? []), name]);
    }
  }

  /**
   * @param parameter name in the graph
   * @param entry index into the flat array, in tfjs's layout
   * @throws `PLUGIN_INVALID` for a parameter or entry that there is none of
   */
  set(parameter: string, entry: number, value: number): void {
    const { data } = this.editable(parameter);
    if (!(entry >= 0 && entry < data.length)) {
      throw new ReluctantError('PLUGIN_INVALID', `"${parameter}" has no entry ${entry}: it holds ${data.length}.`);
    }
    data[entry] = value;
    for (const slot of this.slots.get(parameter) ?? []) this.editable(slot).data[entry] = 0;
  }

  /** Whole arrays, of those in which an entry was set. */
  get changes(): NamedArrays {
    return Object.fromEntries(this.edited);
  }

  private editable(name: string): NamedArray {
    const edited = this.edited.get(name);
    if (edited) return edited;
    const original = Object.hasOwn(this.state, name) ? this.state[name] : undefined;
    if (!original) throw new ReluctantError('PLUGIN_INVALID', `The network has no parameter "${name}".`);
    const copy = { shape: original.shape, data: original.data.slice() };
    this.edited.set(name, copy);
    return copy;
  }
}
