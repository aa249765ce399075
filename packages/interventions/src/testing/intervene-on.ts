import {
  Random,
  updateRule,
  slotName,
  type Batch,
  type Intervention,
  type InterventionContext,
  type InterventionResult,
  type NamedArrays,
  type Network,
  type OptimizerSpec,
  type TapSample,
} from '@reluctant/core';
import { referenceNetwork } from '@reluctant/core/testing';

/** Parameters, and optimizer slots that hold 1, 2, 3, … everywhere, so that a cleared one shows. */
export function stateWith(parameters: NamedArrays, network: Network, optimizer: OptimizerSpec): NamedArrays {
  const slots = network.graph.parameters
    .filter(({ trainable }) => trainable)
    .flatMap(({ name, shape }) =>
      updateRule(optimizer).slots.map((slot) => {
        const data = Float32Array.from({ length: parameters[name].data.length }, (_, index) => index + 1);
        return [slotName(slot, name), { shape, data }] as const;
      }),
    );
  return { ...parameters, ...Object.fromEntries(slots) };
}

/** What the activations of a batch come to in evaluation mode, by the reference. */
export function samplesOf({ graph, sites }: Network, state: NamedArrays, batch: Batch): readonly TapSample[] {
  const outputs = referenceNetwork(graph, state, batch, 'evaluation');
  return sites.map((site) => {
    const { data } = outputs.get(site.name)!;
    const [fired, sumAbs] = [new Float64Array(site.units), new Float64Array(site.units)];
    data.forEach((y, index) => {
      fired[index % site.units] += Number(y > 0);
      sumAbs[index % site.units] += Math.abs(y);
    });
    const elements = batch.size * site.positions;
    const place = { site: site.name, at: 'activation', on: 'probe-split', step: 4, epoch: 1 } as const;
    return { ...place, images: batch.size, elements, values: { fired, sumAbs } };
  });
}

/** One application after step 4, with options as an experiment file gives them. */
export function interveneOn<O>(
  intervention: Intervention<O>,
  network: Network,
  context: Pick<InterventionContext, 'state' | 'samples'> & Partial<InterventionContext>,
  options: object = {},
): InterventionResult {
  return intervention.intervene(
    {
      graph: network.graph,
      sites: network.sites,
      initializer: { kind: 'he-normal', bias: 0 },
      step: 4,
      epoch: 1,
      random: (...path) => new Random(1, ...path),
      ...context,
    },
    intervention.options.parse(options),
  );
}

/** Entries in which two states differ, bit for bit: `name[index]`. */
export function differences(before: NamedArrays, after: NamedArrays): readonly string[] {
  return Object.entries(before).flatMap(([name, { data }]) => {
    const changed = after[name].data;
    return Array.from(data, (value, index) => (Object.is(value, changed[index]) ? [] : [`${name}[${index}]`])).flat();
  });
}
