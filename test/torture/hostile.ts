// Puts hostile texts into every blank of everything that is shown in Slack, and counts what is refused or alive.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stringsOf, type Tally, tortureSurface } from '../support/hostile-run.ts';
import { SURFACES } from '../support/hostile-surfaces.ts';

const HELP = `npm run -s torture:hostile -- [--strings 10000] [--jobs ${availableParallelism()}] [--only card#]

Renders every surface once for each string, in four languages, and judges what comes out: would Slack refuse it, is a
mention, link, emoji or unseen character of a source alive in it. Prints one JSON line; exit 1 when anything is.`;

const { values } = parseArgs({
  options: {
    strings: { type: 'string', default: '10000' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    /** Surfaces whose name has this in it. */
    only: { type: 'string', default: '' },
    /** Of how many processes this one is which; set by the one that starts them. */
    part: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

type Done = { readonly name: string; readonly tally: Tally };

const NAMES = Object.keys(SURFACES).filter((name) => name.includes(values.only));

function torturePart(part: number, parts: number): void {
  const strings = stringsOf(Number(values.strings));
  for (const [index, name] of NAMES.entries()) {
    if (index % parts === part) process.send?.({ name, tally: tortureSurface(name, strings) } satisfies Done);
  }
}

/** One process for a share of the surfaces; refuses to count when one did not reach its end. */
async function startPart(part: number, tell: (done: Done) => void): Promise<void> {
  const args = [...process.argv.slice(2), '--part', String(part)];
  const child = fork(fileURLToPath(import.meta.url), args);
  child.on('message', (done: Done) => tell(done));
  const [code] = await once(child, 'exit');
  if (code !== 0)
    throw new Error(`part ${part} ended with ${String(code)} before it was done; see its error above`);
}

async function main(): Promise<void> {
  const started = performance.now();
  const total: Tally = { renders: 0, invalid: 0, alive: 0, examples: [] };
  let surfaces = 0;
  const add = ({ name, tally }: Done): void => {
    surfaces += 1;
    total.renders += tally.renders;
    total.invalid += tally.invalid;
    total.alive += tally.alive;
    const seconds = Math.round((performance.now() - started) / 1_000);
    process.stderr.write(`${seconds} s  ${surfaces} of ${NAMES.length}  ${name}\n`);
    for (const example of tally.examples) process.stderr.write(`  ${example}\n`);
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, (_, part) => startPart(part, add)));
  const { renders, invalid, alive } = total;
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(
    JSON.stringify({ surfaces, strings: Number(values.strings), renders, invalid, alive, seconds }),
  );
  if (invalid + alive > 0 || surfaces < NAMES.length) process.exitCode = 1;
}

if (values.help) console.log(HELP);
else if (values.part !== undefined) torturePart(Number(values.part), Number(values.jobs));
else await main();
