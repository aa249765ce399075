import type { InterventionChoice, TrainingExperiment } from '../config/experiment.js';
import type { Session } from '../engine/engine.js';
import { ReluctantError } from '../errors.js';
import type { EventBus } from '../events/event-bus.js';
import type { Network } from '../graph/network.js';
import { guarded } from '../intervention/guarded.js';
import { isInterventionDue, type TrainingPlace } from '../intervention/intervention-timing.js';
import type { Intervention, InterventionResult } from '../intervention/intervention.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import type { Tap, TapSample } from '../probe/tap.js';
import { Random } from '../random/random.js';

interface ChosenIntervention {
  readonly intervention: Intervention;
  readonly options: unknown;
  readonly when: InterventionChoice['when'];
  readonly taps: readonly Tap[];
}

/** The interventions of one run: what they tap, when they are due, and their effect on the session. */
export class InterventionRunner {
  /** What the engine has to compute for all of them. */
  readonly taps: readonly Tap[];
  private readonly chosen: readonly ChosenIntervention[];

  constructor(
    private readonly experiment: Pick<TrainingExperiment, 'interventions' | 'initializer' | 'seed' | 'training'>,
    registry: PluginRegistry<Intervention>,
    /** Prepared for all of them. */
    private readonly network: Network,
  ) {
    this.chosen = experiment.interventions.map(({ kind, when, ...options }) => {
      const intervention = registry.get(kind);
      const taps = guarded(intervention, () => intervention.taps(network.sites, options));
      return { intervention, options, when, taps: taps.map((tap) => ({ ...tap, on: 'probe-split' })) };
    });
    this.taps = this.chosen.flatMap(({ taps }) => taps);
  }

  /** Whether the network is to be measured there because one of them is due. */
  isDue(place: TrainingPlace): boolean {
    return this.dueAt(place).length > 0;
  }

  /**
   * Applies those that are due, in the order of the experiment file: each sees what those before it have left of the state, and
   * all the same measurement.
   * @param samples the probe split's, of the measurement made there
   */
  async apply(session: Session, samples: readonly TapSample[], place: TrainingPlace, bus: EventBus): Promise<void> {
    for (const chosen of this.dueAt(place)) {
      const { kind } = chosen.intervention;
      const state = await session.readState();
      const { changes, applied, withheld } = guarded(chosen.intervention, () =>
        this.intervene(chosen, { state, samples, place }),
      );
      const unknown = Object.keys(changes).find((name) => !Object.hasOwn(state, name));
      if (unknown !== undefined) {
        throw new ReluctantError('PLUGIN_INVALID', `Intervention "${kind}" changed "${unknown}", which there is not.`);
      }
      if (Object.keys(changes).length > 0) await session.writeState({ ...state, ...changes });
      for (const done of applied) bus.publish({ type: 'intervention.applied', intervention: kind, ...done, ...place });
      for (const left of withheld)
        bus.publish({ type: 'intervention.withheld', intervention: kind, ...left, ...place });
    }
  }

  private dueAt(place: TrainingPlace): readonly ChosenIntervention[] {
    return this.chosen.filter(({ when }) => isInterventionDue(when, place, this.experiment.training.epochs));
  }

  private intervene(
    { intervention, options, taps }: ChosenIntervention,
    seen: {
      readonly state: Awaited<ReturnType<Session['readState']>>;
      readonly samples: readonly TapSample[];
      readonly place: TrainingPlace;
    },
  ): InterventionResult {
    const { initializer, seed } = this.experiment;
    const { graph, sites } = this.network;
    const { state, place } = seen;
    const samples = seen.samples.filter(({ site, at }) => taps.some((tap) => tap.site === site && tap.at === at));
    const random = (...path: readonly (number | string)[]) =>
      new Random(seed, 'intervention', intervention.kind, place.step, ...path);
    return intervention.intervene({ graph, sites, samples, state, initializer, random, ...place }, options);
  }
}
