// The process of a row of ours: it trains one network and nothing else, so that its memory and processor time are that network's. Told what to
// do by lines of JSON on standard input, it answers on standard output.
import { createInterface } from 'node:readline';
import { processClock } from '../clock.js';
import { OurSubject } from './our-subject.js';
import { ourRequestSchema, type OurRequest } from './our-request.js';

let subject: OurSubject | undefined;

function tell(answer: object): void {
  const usage = { cpu: processClock().cpu, peakMemoryMiB: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(`${JSON.stringify({ ...answer, ...usage })}\n`);
}

async function answer(request: OurRequest): Promise<object> {
  if (request.do === 'open') {
    subject = await OurSubject.open(request);
    return {};
  }
  if (request.do === 'step') return { steps: await subject!.steps(request.steps) };
  return { batches: await subject!.evaluate(request.imagesFile) };
}

tell({ node: process.versions.node });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    tell(await answer(ourRequestSchema.parse(JSON.parse(line))));
  } catch (error) {
    // Whatever it is, who asked must hear of it.
    tell({ error: error instanceof Error ? error.message : String(error) });
  }
}
await subject?.close();
