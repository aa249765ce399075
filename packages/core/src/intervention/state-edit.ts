import type { NamedArray, NamedArrays } from '../engine/named-arrays.js';
import { ReluctantError } from '../errors.js';
import { parameterOfSlot } from '../optimizer/update-rule.js';

/**
 * Changes to single entries of a state, which itself stays as it is. An entry of a parameter that is set begins anew: the
 * optimizer's slots of it (momentum, moments) become 0, as before the first step. An optimizer's count of steps, on which Adam's
 * bias correction rests, is one for the whole network and is not touched.
 */
export class StateEdit {
  private readonly slots = new Map<string, string[]>();
  private readonly edited = new Map<string, EditedParameter>();

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
    const { data, slots } = this.edited.get(parameter) ?? this.begin(parameter);
    if (!(entry >= 0 && entry < data.length)) {
      throw new ReluctantError('PLUGIN_INVALID', `"${parameter}" has no entry ${entry}: it holds ${data.length}.`);
    }
    data[entry] = value;
    for (const slot of slots) slot[entry] = 0;
  }

  /** Whole arrays, of those in which an entry was set. */
  get changes(): NamedArrays {
    return Object.fromEntries([...this.edited.values()].flatMap(({ arrays }) => Object.entries(arrays)));
  }

  private begin(parameter: string): EditedParameter {
    if (!Object.hasOwn(this.state, parameter)) {
      throw new ReluctantError('PLUGIN_INVALID', `The network has no parameter "${parameter}".`);
    }
    const slots = this.slots.get(parameter) ?? [];
    const arrays = Object.fromEntries(
      [parameter, ...slots].map((name) => {
        const { shape, data } = this.state[name];
        return [name, { shape, data: data.slice() }];
      }),
    );
    const begun = { arrays, data: arrays[parameter].data, slots: slots.map((slot) => arrays[slot].data) };
    this.edited.set(parameter, begun);
    return begun;
  }
}

/** Copies of a parameter and its slots. */
interface EditedParameter {
  readonly arrays: NamedArrays;
  readonly data: NamedArray['data'];
  readonly slots: readonly NamedArray['data'][];
}
