/** The languages that messages are written in. */
export const LOCALES = ['en', 'de', 'fr', 'es'] as const;
export type Locale = (typeof LOCALES)[number];

/** How each language writes amounts, numbers and days when nothing more is known of the reader. */
export const DEFAULT_TAGS = {
  en: 'en-US',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
} as const satisfies Record<Locale, string>;

/** The language of a BCP 47 tag as Slack or the configuration gives it (`de-AT`, `fr_CA`); undefined for another one. */
export function localeOf(tag: string | undefined): Locale | undefined {
  const language = tag?.split(/[-_]/, 1)[0]?.toLowerCase();
  return LOCALES.find((locale) => locale === language);
}
