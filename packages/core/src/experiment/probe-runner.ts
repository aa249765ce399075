import { merge, Subject, type Subscription } from 'rxjs';
import { map } from 'rxjs/operators';
import type { Choice } from '../config/experiment.js';
import { ReluctantError } from '../errors.js';
import type { EventBus } from '../events/event-bus.js';
import type { ReluSite } from '../graph/network.js';
import { mergeTaps } from '../measurement/merge-taps.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import type { Probe, ProbeOutput } from '../probe/probe.js';
import type { Tap, TapSample } from '../probe/tap.js';
import { withoutKind } from './select-engine.js';

interface ChosenProbe {
  readonly probe: Probe;
  readonly options: unknown;
  readonly taps: readonly Tap[];
}

/** The probes of one run: what they tap, and their readings on the bus. */
export class ProbeRunner {
  /** What the engine has to compute for all probes together. */
  readonly taps: readonly Tap[];
  private readonly chosen: ChosenProbe[] = [];
  private readonly subscriptions: Subscription[] = [];
  private readonly replayed$ = new Subject<TapSample>();
  private replaying = false;
  private failure: ReluctantError | undefined;

  constructor(
    choices: readonly Choice[],
    registry: PluginRegistry<Probe>,
    private readonly sites: readonly ReluSite[],
    private readonly onFailure: 'fail' | 'drop',
  ) {
    for (const choice of choices) {
      const probe = registry.get(choice.kind);
      const options = withoutKind(choice);
      try {
        this.chosen.push({ probe, options, taps: probe.taps(sites, options) });
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
      const fail = (error: unknown) => this.fail(probe.kind, error, bus);
      try {
        const outputs$ = probe.readings(merge(live$, this.replayed$), { sites: this.sites }, options);
        this.subscriptions.push(
          outputs$.subscribe({
            next: (output) => {
              if (!this.replaying) publish(bus, output);
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

  /** @throws `PROBE_FAILED` where a probe has failed and failures end the run */
  assertHealthy(): void {
    if (this.failure) throw this.failure;
  }

  detach(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  private fail(kind: string, error: unknown, bus: EventBus): void {
    const failure = ReluctantError.from(error, 'PROBE_FAILED', `Probe "${kind}" failed`);
    bus.publish({ type: 'probe.failed', probe: kind, message: failure.message });
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
