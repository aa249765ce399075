import type { ContenderReport, Sides } from '../engine/engine-report.js';
import type { Machine } from '../machine.js';
import type { PeersSettings } from './peers-settings.js';
import type { SiteAgreement } from './probability-agreement.js';

/** What two rows found of Pr[y>0] after as many steps, layer by layer. */
export interface ProbabilityAgreement {
  /** Training steps that both have taken. */
  readonly steps: number;
  /** Which rows, all probes watching: `ours`, `PyTorch default`. PyTorch with itself is the yardstick. */
  readonly one: string;
  readonly other: string;
  readonly sites: readonly SiteAgreement[];
}

/** One network: its rows were interleaved with each other. */
export interface PeersDuel {
  readonly architecture: string;
  readonly parameters: number;
  readonly relus: number;
  readonly attempts: number;
  /** Cores that other programs kept busy meanwhile; left out where the system does not tell. */
  readonly foreignCores?: number;
  readonly noisy: boolean;
  readonly contenders: readonly ContenderReport[];
  readonly agreements: readonly ProbabilityAgreement[];
}

export interface PeersReport extends Sides {
  readonly benchmark: 'peers';
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly machine: Machine;
  readonly settings: PeersSettings;
  /** The data set that is trained on. */
  readonly data: string;
  /** Test images on which Pr[y>0] is measured. */
  readonly images: number;
  readonly duels: readonly PeersDuel[];
}
