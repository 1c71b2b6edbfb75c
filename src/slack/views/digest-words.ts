import {
  type DigestAbout,
  type DigestFacts,
  type DigestItem,
  type DigestRow,
  TALLIES,
} from '../../core/digest.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { DEFAULT_TAGS } from '../../core/locale.ts';
import type { Money } from '../../core/money.ts';
import { cutEscaped, inert } from './escape.ts';
import type { Writer } from './instants.ts';
import { moneyFor, type Reader, stakeFor } from './reader.ts';
import { typeTitle } from './type-words.ts';

/** More currencies than this in one place say nothing to a reader; the table of the rest is a list away. */
const CURRENCIES = 4;
const NAME = 60;

/** `$1,200.00 and €300.00`: amounts of different currencies are never added. */
export function sumWords(money: readonly Money[], reader: Reader): string {
  const worth = money.filter(({ minor }) => minor !== 0n);
  if (worth.length === 0) return reader.words.digest.nothingAtRisk;
  const shown = worth.slice(0, CURRENCIES).map((amount) => moneyFor(amount, reader));
  const hidden = worth.length - CURRENCIES;
  const parts = hidden > 0 ? [...shown, `+${hidden}`] : shown;
  return new Intl.ListFormat(DEFAULT_TAGS[reader.locale], { type: 'conjunction' }).format(parts);
}

/** The heading, not escaped. */
export function titleOf(about: DigestAbout, { words }: Reader): string {
  const { titles } = words.digest;
  return about.kind === 'team' ? titles.team({ team: about.name }) : titles[about.kind];
}

/** What it is about when the heading does not say so, and its period; escaped. */
export function aboutWords({ about, from, until }: DigestFacts, writer: Writer): string {
  const { digest, recon } = writer.words;
  const period = digest.period({ from: writer.instant(from), until: writer.instant(until) });
  const what = whatOf(about, recon.scopes);
  return what === undefined ? period : `${digest.about({ what })} ${period}`;
}

function whatOf(about: DigestAbout, scopes: Reader['words']['recon']['scopes']): string | undefined {
  if (about.kind === 'team') return undefined;
  if (about.kind === 'clients') return namesIn(about.clients);
  if (about.team !== undefined) return inert(about.team, NAME);
  if (about.seesAll) return scopes.all;
  const teams = namesIn(about.teams);
  return teams === '' ? scopes.own : scopes.teams({ teams });
}

const namesIn = (names: readonly string[]): string =>
  cutEscaped(names.map((name) => inert(name, NAME)).join(', '), 600);

/** Every tally with its label: `New: 3 · $1,200.00`. */
export function tallyPairs(facts: DigestFacts, reader: Reader): (readonly [string, string])[] {
  const { tallies } = reader.words.digest;
  return ([...TALLIES.slice(0, 3), 'autoResolved', ...TALLIES.slice(3)] as const).map((name) => {
    const { count, money } = facts[name];
    const label = name === 'aged' ? tallies.aged({ days: facts.agedDays }) : tallies[name];
    return [label, count === 0 ? '0' : `${count} · ${sumWords(money, reader)}`] as const;
  });
}

/** Whose a row is, not escaped. */
export function rowName(
  { name, others }: DigestRow,
  { by, words }: Pick<DigestFacts, 'by'> & Reader,
): string {
  const { digest } = words;
  if (others !== undefined) return digest.others({ count: others });
  return name ?? (by === 'owner' ? digest.nobody : digest.noClient);
}

/** `Ana Ruiz: 3, $1,200.00, 1 overdue`, escaped. */
export const rowLine = (row: DigestRow, name: string, reader: Reader): string =>
  reader.words.digest.row({
    name: inert(name, NAME),
    count: row.count,
    money: sumWords(row.money, reader),
    overdue: row.overdue,
  });

/** The type of a row in words, not escaped. */
export const typeName = (row: DigestRow, reader: Reader): string =>
  row.others === undefined
    ? typeTitle(row.name ?? '', reader)
    : reader.words.digest.others({ count: row.others });

/** One exception on a line, escaped. */
export function itemLine(item: DigestItem, writer: Writer): string {
  const { digest } = writer.words;
  const parts = [
    exceptionLabel(item.number),
    inert(typeTitle(item.type, writer), NAME),
    stakeFor(item.atStake, writer, item.amountTag),
    item.client === undefined ? undefined : inert(item.client, NAME),
    item.orderRef === undefined ? undefined : inert(item.orderRef, NAME),
    inert(item.owner ?? digest.nobody, NAME),
    digest.due({ at: writer.instant(item.dueAt), isOverdue: item.isOverdue }),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
