import type { Worker } from 'node:worker_threads';
import {
  ReluctantError,
  type Batch,
  type EvaluationOptions,
  type EvaluationResult,
  type Hyperparameters,
  type NamedArrays,
  type Session,
  type StepResult,
} from '@reluctant/core';
import { fromErrorMessage } from './error-message.js';
import type { TuningProgress } from '../tune/tune-strategies.js';
import { OPENING, type Call, type Message, type OpenedSession, type Reply } from './messages.js';
import { parcelBatch, parcelState } from './transfer.js';

interface PendingCall {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * A session that lives on a worker thread, which computes while this thread serves whatever else there is. A call under way
 * keeps the process alive; an idle session does not.
 */
export class WorkerSession implements Session {
  device?: string;
  winograd?: readonly string[];
  /** Resolves once the session is built; rejects with what building it throws. */
  readonly opened: Promise<OpenedSession>;
  private readonly pending = new Map<number, PendingCall>();
  private readonly ended: Promise<void>;
  private lastId = OPENING;
  private closing: Promise<void> | undefined;
  /** Why the thread ended, where nobody asked it to. */
  private death: ReluctantError | undefined;

  /**
   * @param worker runs `main.ts`, just started
   * @param onClose receives the network's parameters as they are at the end
   * @param onTuning hears of tuning while the session is opened
   */
  constructor(
    private readonly worker: Worker,
    private readonly onClose: (parameters: NamedArrays) => void,
    onTuning: (progress: TuningProgress) => void = () => undefined,
  ) {
    this.opened = (this.reply(OPENING) as Promise<OpenedSession>).then((opened) => {
      this.winograd = opened.winograd;
      return opened;
    });
    worker.on('message', (message: Message) => ('tuning' in message ? onTuning(message.tuning) : this.settle(message)));
    worker.on('messageerror', (error) => this.die(error.message));
    worker.on('error', (error) => this.die(error instanceof Error ? error.message : String(error)));
    this.ended = new Promise((resolve) =>
      worker.on('exit', (code) => {
        this.die(`exit code ${code}`);
        resolve();
      }),
    );
  }

  async trainStep(batch: Batch, hyperparameters: Hyperparameters): Promise<StepResult> {
    const { value, buffers } = parcelBatch(batch);
    return (await this.call({ method: 'trainStep', args: [value, hyperparameters] }, buffers)) as StepResult;
  }

  async evaluate(batch: Batch, options?: EvaluationOptions): Promise<EvaluationResult> {
    const { value, buffers } = parcelBatch(batch);
    return (await this.call({ method: 'evaluate', args: [value, options] }, buffers)) as EvaluationResult;
  }

  async readState(): Promise<NamedArrays> {
    return (await this.call({ method: 'readState', args: [] })) as NamedArrays;
  }

  async writeState(state: NamedArrays): Promise<void> {
    const { value, buffers } = parcelState(state);
    await this.call({ method: 'writeState', args: [value] }, buffers);
  }

  close(): Promise<void> {
    // Of a dead thread there is nothing to release; why it died, the call that it was busy with has told.
    return (this.closing ??= this.death ? Promise.resolve() : this.shutDown());
  }

  private async shutDown(): Promise<void> {
    const parameters = (await this.send({ method: 'close', args: [] })) as NamedArrays;
    this.worker.ref();
    await this.ended;
    this.onClose(parameters);
  }

  private async call(call: Call, buffers: readonly ArrayBuffer[] = []): Promise<unknown> {
    if (this.closing) {
      throw new ReluctantError('INTERNAL', 'This session of the onnx engine is closed; open another.');
    }
    if (this.death) throw this.death;
    return this.send(call, buffers);
  }

  private send(call: Call, buffers: readonly ArrayBuffer[] = []): Promise<unknown> {
    const id = ++this.lastId;
    this.worker.postMessage({ id, ...call }, buffers);
    return this.reply(id);
  }

  private reply(id: number): Promise<unknown> {
    this.worker.ref();
    return new Promise((resolve, reject) => this.pending.set(id, { resolve, reject }));
  }

  private settle(reply: Reply): void {
    const call = this.pending.get(reply.id)!;
    this.pending.delete(reply.id);
    if (this.pending.size === 0) this.worker.unref();
    if ('error' in reply) call.reject(fromErrorMessage(reply.error));
    else call.resolve(reply.result);
  }

  private die(reason: string): void {
    this.death ??= new ReluctantError(
      'INTERNAL',
      `The thread of the onnx engine ended unexpectedly: ${reason}. Resume the run from its newest checkpoint; ` +
        'where it happens again, the option "worker": false of the engine computes without such a thread.',
    );
    for (const { reject } of this.pending.values()) reject(this.death);
    this.pending.clear();
  }
}
