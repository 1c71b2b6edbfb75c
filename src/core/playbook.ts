import type { Locale } from './locale.ts';

/** What to do about exceptions of one type: a page somewhere else, or Markdown in one or more languages. */
export type Playbook =
  | { readonly kind: 'page'; readonly address: string }
  | { readonly kind: 'text'; readonly texts: Readonly<Partial<Record<Locale, string>>> };

/** The Markdown for a reader: in their language, else in English, else in whatever there is. */
export const playbookText = (
  { texts }: Extract<Playbook, { kind: 'text' }>,
  locale: Locale,
): string | undefined => texts[locale] ?? texts.en ?? Object.values(texts)[0];
