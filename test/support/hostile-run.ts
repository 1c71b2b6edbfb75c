import { LOCALES, type Locale } from '../../src/core/locale.ts';
import { type Reader, readerOf } from '../../src/slack/views/reader.ts';
import { type Fill, fillOf, textsFrom } from './hostile-fill.ts';
import { judge, type Own, ownOf } from './hostile-judge.ts';
import { hostileStrings } from './hostile-strings.ts';
import { hasLinks, type Render, SURFACES } from './hostile-surfaces.ts';

export type Tally = { renders: number; invalid: number; alive: number; examples: string[] };

const ZONES = ['UTC', 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu'] as const;
const SEED = 20_261_122;
const EXAMPLES = 5;
/** Numbers, days, lengths of lists and readers that the texts are put into; known harmless ones for each. */
const SHAPES = 400;

const harmless = (): string => 'Acme Media';

/** The reader of a rendering: each language in turn, and every zone with each. */
function readerFor(rendering: number) {
  const locale = LOCALES[rendering % LOCALES.length] as Locale;
  return readerOf(locale, ZONES[Math.floor(rendering / LOCALES.length) % ZONES.length]);
}

function ownIn(name: string, fill: Fill, reader: Reader): Own {
  const payload = (SURFACES[name] as Render)(fill, reader);
  return ownOf(payload, { instants: fill.instants, hasLinks: hasLinks(name) });
}

/** Renders a surface once for each string, which in the course of that stands in each of its blanks. */
export function tortureSurface(name: string, strings: readonly string[]): Tally {
  const render = SURFACES[name] as Render;
  const tally: Tally = { renders: 0, invalid: 0, alive: 0, examples: [] };
  const owns = new Map<number, Own>();
  for (let rendering = 0; rendering < strings.length; rendering += 1) {
    const shape = rendering % SHAPES;
    const reader = readerFor(shape);
    const own = owns.get(shape) ?? ownIn(name, fillOf(shape, harmless), reader);
    owns.set(shape, own);
    const payload = render(fillOf(shape, textsFrom(strings, rendering)), reader);
    const { invalid, alive } = judge(payload, own);
    tally.renders += 1;
    tally.invalid += invalid.length === 0 ? 0 : 1;
    tally.alive += alive.length === 0 ? 0 : 1;
    if (tally.examples.length < EXAMPLES)
      tally.examples.push(
        ...[...invalid, ...alive].slice(0, 2).map((what) => `${name} ${rendering} ${what}`),
      );
  }
  return tally;
}

/** The same strings in every process. */
export const stringsOf = (count: number): string[] => hostileStrings(count, SEED);
