/** Letters that no accent is taken off, as systems write them that know ASCII alone. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŧ: 't' },
  // Cyrillic, as passports spell it (ICAO 9303), of Russia, Ukraine, Belarus, Bulgaria, Serbia and North Macedonia.
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', к: 'k', л: 'l', м: 'm' },
  ...{ н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh' },
  ...{ щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia', і: 'i', є: 'ie', ґ: 'g', ј: 'j' },
  ...{ љ: 'lj', њ: 'nj', ћ: 'c', ђ: 'dj', џ: 'dz', ѕ: 'dz' },
  // Greek, by ELOT 743.
  ...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm' },
  ...{ ν: 'n', ξ: 'x', ο: 'o', ου: 'ou', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch' },
  ...{ ψ: 'ps', ω: 'o' },
};
const FOREIGN = /ου|[ßæœøđðþłħıŧ\u0370-\u03ff\u0400-\u045f\u0490\u0491]/g;

/** Accents of Latin, Greek and Cyrillic, and what only says how a sign is drawn. Marks of other scripts are letters of their own. */
const ACCENTS = /[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]/g;

/** Lower case without accents, in Latin letters as far as Greek and Cyrillic have them: `Müller` is `muller`, `Łukasz` `lukasz`. */
export const latin = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(FOREIGN, (letter) => LETTERS[letter] ?? letter);
