import type { Locale } from '../../core/locale.ts';
import type { Reader } from './reader.ts';

/** Days before months in every language: `22 Nov 2026`, never 11/22. */
const DATE_TAGS = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' } as const satisfies Record<
  Locale,
  string
>;

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const MINUTE = { ...DAY, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** Formatters are dear to make and few: one per language, zone and kind. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: Locale, timeZone: string, kind: typeof DAY | typeof MINUTE): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${kind === DAY ? 'day' : 'minute'}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(DATE_TAGS[locale], { ...kind, timeZone });
  formatters.set(key, known);
  return known;
}

/** `22 Nov 2026, 19:21 UTC`: for fallback text, which is read aloud and shown where Slack renders nothing. */
export const plainInstant = (at: Date, { locale, zone }: Reader): string =>
  `${formatter(locale, zone, MINUTE).format(at)} ${zone}`;

/** `1 Dec 2026` of `2026-12-01`: a business day is the same day for every reader. */
export const plainDay = (day: string, { locale }: Reader): string =>
  formatter(locale, 'UTC', DAY).format(new Date(`${day}T00:00:00Z`));

/** Slack's token: every reader sees their own time zone, and `plainInstant` where tokens are not understood. */
const localInstant = (at: Date, reader: Reader): string =>
  `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} {time}|${plainInstant(at, reader)}>`;

/** How an instant is written: for blocks in each viewer's zone, for fallback text in the reader's. */
export type WriteInstant = (at: Date) => string;

/** A reader with how instants are written in one kind of text. */
export type Writer = Reader & { readonly instant: WriteInstant };

/** For blocks. */
export const richly = (reader: Reader): Writer => ({
  ...reader,
  instant: (at) => localInstant(at, reader),
});

/** For fallback text. */
export const plainly = (reader: Reader): Writer => ({
  ...reader,
  instant: (at) => plainInstant(at, reader),
});
