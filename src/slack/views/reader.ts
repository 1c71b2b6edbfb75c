import { DEFAULT_TAGS, type Locale } from '../../core/locale.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import type { Catalogue } from '../words/catalogue.ts';
import { de } from '../words/de.ts';
import { en } from '../words/en.ts';
import { es } from '../words/es.ts';
import { fr } from '../words/fr.ts';

/** Who reads a message: in which language, with which words. */
export type Reader = { readonly locale: Locale; readonly words: Catalogue };

const CATALOGUES = { en, de, fr, es } satisfies Record<Locale, Catalogue>;

export const readerOf = (locale: Locale): Reader => ({ locale, words: CATALOGUES[locale] });

/** The amount as the client writes it (`clientTag`, BCP 47), else as the reader's language does. */
export const moneyFor = (amount: Money, reader: Reader, clientTag?: string): string =>
  formatMoney(amount, clientTag ?? DEFAULT_TAGS[reader.locale]);
