import { merge, Subject, type Subscription } from 'rxjs';
import { map } from 'rxjs/operators';
import type { Choice } from '../config/experiment.js';
import type { LoadedDataset } from '../dataset/dataset.js';
import { ReluctantError } from '../errors.js';
import type { EventBus } from '../events/event-bus.js';
import type { Network } from '../graph/network.js';
import { mergeTaps } from '../measurement/merge-taps.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import type { InspectedNetwork } from '../probe/inspected-network.js';
import type { Probe, ProbeOutput } from '../probe/probe.js';
import type { Tap, TapSample } from '../probe/tap.js';
import { withoutKind } from './select-engine.js';

interface ChosenProbe {
  readonly probe: Probe;
  readonly options: unknown;
  readonly taps: readonly Tap[];
}

/** What of a run stays as it is while the network is trained, as far as probes may see it. */
export type ProbedSubject = Pick<Network, 'graph' | 'sites'> & Pick<LoadedDataset, 'inputRange'>;

/** The probes of one run: what they tap, and their readings on the bus. */
export class ProbeRunner {
  /** What the engine has to compute for all probes together. */
  readonly taps: readonly Tap[];
  private readonly chosen: ChosenProbe[] = [];
  private readonly subscriptions: Subscription[] = [];
  private readonly replayed$ = new Subject<TapSample>();
  private readonly failed = new Set<Probe>();
  private replaying = false;
  private failure: ReluctantError | undefined;

  constructor(
    choices: readonly Choice[],
    registry: PluginRegistry<Probe>,
    private readonly subject: ProbedSubject,
    private readonly onFailure: 'fail' | 'drop',
  ) {
    for (const choice of choices) {
      const probe = registry.get(choice.kind);
      const options = withoutKind(choice);
      try {
        this.chosen.push({ probe, options, taps: probe.taps(subject.sites, options) });
      } catch (error) {
        throw ReluctantError.from(error, 'PROBE_FAILED', `Probe "${probe.kind}" can't say what it needs`);
      }
    }
    this.taps = mergeTaps(this.chosen.flatMap(({ taps }) => taps));
  }

  /** Starts feeding the bus's samples to every probe and publishing what they say. */
  attach(bus: EventBus): void {
    const live$ = bus.of('tap.sampled').pipe(map((event) => event.sample));
    for (const { probe, options } of this.chosen) {
      const fail = (error: unknown) => this.fail(probe, error, bus);
      try {
        const outputs$ = probe.readings(merge(live$, this.replayed$), { sites: this.subject.sites }, options);
        this.subscriptions.push(
          outputs$.subscribe({
            next: (output) => {
              if (!this.replaying && !this.failed.has(probe)) publish(bus, output);
            },
            error: fail,
          }),
        );
      } catch (error) {
        fail(error);
      }
    }
  }

  /** Brings the probes to where they were, from the recorded samples, without publishing what they said then. */
  replay(samples: readonly TapSample[]): void {
    this.replaying = true;
    for (const sample of samples) this.replayed$.next(sample);
    this.replaying = false;
  }

  /** Whether some probe looks at the network itself, and has not failed. */
  get inspects(): boolean {
    return this.inspectors.length > 0;
  }

  /**
   * Shows the network to the probes that look at it, one after the other, and publishes what they say.
   * @param measurement its `samples` are those of all probes, its `parameters` may be a session's whole state
   */
  async inspect(measurement: Omit<InspectedNetwork, keyof ProbedSubject>, bus: EventBus): Promise<void> {
    const { graph, sites, inputRange } = this.subject;
    const names = graph.parameters.map(({ name }) => name);
    const parameters = Object.fromEntries(names.map((name) => [name, measurement.parameters[name]]));
    for (const { probe, options, taps } of this.inspectors) {
      const samples = measurement.samples.filter(({ site, at, on }) =>
        taps.some((tap) => tap.site === site && tap.at === at && tap.on === on),
      );
      try {
        const outputs = await probe.inspect!(
          { ...measurement, graph, sites, inputRange, parameters, samples },
          options,
        );
        for (const output of outputs) publish(bus, output);
      } catch (error) {
        this.fail(probe, error, bus);
      }
    }
  }

  /** @throws `PROBE_FAILED` where a probe has failed and failures end the run */
  assertHealthy(): void {
    if (this.failure) throw this.failure;
  }

  detach(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  private get inspectors(): readonly ChosenProbe[] {
    return this.chosen.filter(({ probe }) => probe.inspect && !this.failed.has(probe));
  }

  /** A probe that has failed is not heard again, whichever of its parts it was. */
  private fail(probe: Probe, error: unknown, bus: EventBus): void {
    const failure = ReluctantError.from(error, 'PROBE_FAILED', `Probe "${probe.kind}" failed`);
    this.failed.add(probe);
    bus.publish({ type: 'probe.failed', probe: probe.kind, message: failure.message });
    if (this.onFailure === 'fail') this.failure ??= failure;
  }
}

function publish(bus: EventBus, output: ProbeOutput): void {
  if (output.type === 'probe.reading') {
    const { type, ...reading } = output;
    bus.publish({ type, reading });
  } else {
    const { type: _, transition, ...rest } = output;
    bus.publish({ type: `unit.${transition}`, ...rest });
  }
}
