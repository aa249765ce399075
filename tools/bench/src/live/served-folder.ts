import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The built command. */
const BIN = join(import.meta.dirname, '../../../../packages/cli/bin/reluctant.js');

/** Clock ticks of `/proc/PID/stat` a second, the same on all Linux. */
const TICKS_PER_SECOND = 100;

/** `reluctant serve` of a folder in a process of its own, as its user starts it. */
export class ServedFolder {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(root: string): Promise<ServedFolder> {
    const child = spawn(process.execPath, [BIN, 'serve', root, '--port', '0', '--json', '--quiet'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    for await (const chunk of child.stdout!.setEncoding('utf8') as AsyncIterable<string>) {
      printed += chunk;
      if (printed.includes('}')) break;
    }
    return new ServedFolder(child, (JSON.parse(printed) as { url: string }).url);
  }

  /** Resident memory, now and at most so far; undefined where the system does not tell. */
  mebibytes(): { readonly now: number; readonly most: number } | undefined {
    const status = this.read('status');
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status!)?.[1]) / 1024;
    return status === undefined ? undefined : { now: of('VmRSS'), most: of('VmHWM') };
  }

  /** Processor time so far; undefined where the system does not tell. */
  cpuSeconds(): number | undefined {
    const stat = this.read('stat');
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields && (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGINT');
    await ended;
  }

  private read(name: string): string | undefined {
    return process.platform === 'linux' ? readFileSync(`/proc/${this.child.pid}/${name}`, 'utf8') : undefined;
  }
}
