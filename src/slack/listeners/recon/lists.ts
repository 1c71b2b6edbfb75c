import { configuredPage } from '../../../core/configured.ts';
import { LIVE_STATUSES } from '../../../core/lifecycle.ts';
import { nearestWord } from '../../../core/nearest-word.ts';
import { placeWords } from '../../../core/place-words.ts';
import { accept } from '../../../core/result.ts';
import type { WorkFilter } from '../../../core/work.ts';
import { soonAfter } from '../../../pipeline/report/digest.ts';
import { type KnownFilters, knownFilters } from '../../../pipeline/report/known-filters.sql.ts';
import { slaCounts } from '../../../pipeline/report/sla-counts.sql.ts';
import { workPage } from '../../../pipeline/report/work-page.ts';
import type { Message } from '../../views/blocks.ts';
import { typedWords } from '../../views/recon-answer.ts';
import { refusedCommand } from '../../views/recon-help.ts';
import { listAnswer } from '../../views/recon-list.ts';
import { slaAnswer } from '../../views/recon-sla.ts';
import { type Asking, type CommandOf, scopeWords } from './asking.ts';

/** What the person owns, by due time. */
export async function mine(_: CommandOf<'mine'>, asking: Asking): Promise<Message> {
  const { titles, nothing } = asking.reader.words.recon;
  const query = { ...asking, scope: 'mine', filter: { statuses: LIVE_STATUSES } } as const;
  const shown = await workPage(asking.tx, query, asking.page);
  const asked = { title: titles.mine, command: asking.text, nothing: nothing.mine };
  return listAnswer(configuredPage(shown, asking.organisation), asked, asking.reader);
}

/** What passes the filters of all that the person sees. */
export async function list({ filter: said, bare }: CommandOf<'list'>, asking: Asking): Promise<Message> {
  const placed = bare.length === 0 ? accept(said) : await placedOnRecord(said, bare, asking);
  if (!placed.ok) return typedWords(refusedCommand(placed.refusal, asking.reader));
  const filter = placed.value;
  const shown = await workPage(asking.tx, { ...asking, scope: 'visible', filter }, asking.page);
  const nothing = shown.total > 0 ? '' : await nothingWords(filter, asking);
  const asked = { title: asking.reader.words.recon.titles.list, command: asking.text, nothing };
  return listAnswer(configuredPage(shown, asking.organisation), asked, asking.reader);
}

async function placedOnRecord(filter: WorkFilter, bare: readonly string[], asking: Asking) {
  const known = await knownFilters(asking.tx, asking);
  const named = asking.organisation.teams.filter(({ key }) => known.teams.includes(key));
  return placeWords(filter, bare, { ...known, teams: [...known.teams, ...named.map(({ name }) => name)] });
}

/** More words than these are no help to choose from. */
const KNOWN = 12;

type Named = keyof WorkFilter & ('team' | 'type' | 'client' | 'order' | 'owner');
const NAMED = {
  team: 'teams',
  type: 'types',
  client: 'clients',
  order: 'orders',
  owner: 'owners',
} as const satisfies Record<Named, keyof KnownFilters>;
const OWNER_WORDS = ['me', 'nobody'];

/** Why a list may be empty: a filter asks for a name that none has, else simply nothing. */
async function nothingWords(filter: WorkFilter, asking: Asking): Promise<string> {
  const { nothing } = asking.reader.words.recon;
  const known = await knownFilters(asking.tx, asking);
  for (const key of Object.keys(NAMED) as Named[]) {
    const typed = filter[key];
    const names = known[NAMED[key]];
    if (typed === undefined || isThere(key, typed, names)) continue;
    return nothing[key]({
      typed,
      near: nearestWord(typed, names),
      known: names.length > KNOWN ? '' : names.join(', '),
    });
  }
  return nothing.match({ scope: scopeWords(asking) });
}

/** Teams and types are named in full, the others by a part. */
function isThere(key: Named, typed: string, names: readonly string[]): boolean {
  const word = typed.toLowerCase();
  if (key === 'owner' && OWNER_WORDS.includes(word)) return true;
  if (key === 'team' || key === 'type') return names.some((name) => name.toLowerCase() === word);
  return names.some((name) => name.toLowerCase().includes(word));
}

/** What is late or due within the next working day, of all that the person sees. */
export async function sla(_: CommandOf<'sla'>, asking: Asking): Promise<Message> {
  const { tx, now, organisation } = asking;
  const until = soonAfter(now, organisation);
  const counts = await slaCounts(tx, { ...asking, until });
  const filter = { statuses: LIVE_STATUSES, dueBy: until };
  const shown = await workPage(tx, { ...asking, scope: 'visible', filter }, asking.page);
  return slaAnswer(
    {
      counts,
      shown: configuredPage(shown, organisation),
      now,
      until,
      scope: scopeWords(asking),
      command: asking.text,
    },
    asking.reader,
  );
}
