import { DEFAULT_TAGS, type Locale, localeOf } from '../../core/locale.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Catalogue } from '../words/catalogue.ts';
import { de } from '../words/de.ts';
import { en } from '../words/en.ts';
import { es } from '../words/es.ts';
import { fr } from '../words/fr.ts';

/** Who reads a message: in which language, with which words, and in which zone instants are written as text. */
export type Reader = { readonly locale: Locale; readonly words: Catalogue; readonly zone: string };

const CATALOGUES = { en, de, fr, es } satisfies Record<Locale, Catalogue>;

export const readerOf = (locale: Locale, zone = 'UTC'): Reader => ({
  locale,
  words: CATALOGUES[locale],
  zone,
});

type Settings = Pick<Organisation, 'locale' | 'zone' | 'people' | 'teams'>;

/** Whoever reads a team's channel. `team` is its key; for no known team, the organisation's language. */
export function teamReader(organisation: Settings, team: string | undefined): Reader {
  const known = organisation.teams.find(({ key }) => key === team);
  return readerOf(known?.locale ?? organisation.locale, known?.zone ?? organisation.zone);
}

/** What is known of a person's language and zone: by configuration (under `key`), or as Slack says. */
export type ReadingPerson = {
  readonly key: string | undefined;
  readonly slackLocale: string | null | undefined;
  readonly slackZone: string | null | undefined;
};

/** One person: the configuration's language before Slack's, Slack's zone before the organisation's. */
export function personReader(organisation: Settings, { key, slackLocale, slackZone }: ReadingPerson): Reader {
  const configured = organisation.people.find((person) => person.key === key)?.locale;
  const locale = configured ?? localeOf(slackLocale ?? undefined) ?? organisation.locale;
  return readerOf(locale, isZone(slackZone) ? slackZone : organisation.zone);
}

/** Slack may know zones that this machine's data does not. */
function isZone(zone: string | null | undefined): zone is string {
  if (!zone) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The amount as the client writes it (`clientTag`, BCP 47), else as the reader's language does. */
export const moneyFor = (amount: Money, reader: Reader, clientTag?: string): string =>
  formatMoney(amount, clientTag ?? DEFAULT_TAGS[reader.locale]);

/** The amount of a document that may have none. */
export const moneyOrNone = (amount: Money | undefined, reader: Reader, clientTag?: string): string =>
  amount === undefined ? reader.words.card.noAmount : moneyFor(amount, reader, clientTag);

/** What is at stake; a dash where that is no money, as with a lead. */
export const stakeFor = (amount: Money, reader: Reader, clientTag?: string): string =>
  amount.minor === 0n ? '—' : moneyFor(amount, reader, clientTag);

/** English lists without a comma before the last. */
const LIST_TAGS = { en: 'en-GB', de: 'de', fr: 'fr', es: 'es' } as const satisfies Record<Locale, string>;

/** `one, two and three`. */
export const listOf = (texts: readonly string[], { locale }: Reader): string =>
  new Intl.ListFormat(LIST_TAGS[locale], { type: 'conjunction' }).format(texts);
