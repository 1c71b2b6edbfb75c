import { describe, expect, test } from 'vitest';
import { de } from '../../../src/slack/words/de.ts';
import { en } from '../../../src/slack/words/en.ts';
import { es } from '../../../src/slack/words/es.ts';
import { fr } from '../../../src/slack/words/fr.ts';
import { blanksByPath, entriesOf, tooLong, untranslated } from '../../support/catalogue.ts';

const TRANSLATIONS = [
  ['de', de],
  ['fr', fr],
  ['es', es],
] as const;
const ALL = [['en', en], ...TRANSLATIONS] as const;

/** What is the same word in both languages, a name, or a measure. */
const SAME_WORD = {
  de: [
    'card.buttons.details',
    'card.labels.team',
    'history.program',
    'home.teams',
    'modal.escalate.teams',
    'recon.status.total',
    'rule.labels.version',
  ],
  fr: [
    'card.labels.client',
    'details.documents',
    'digest.columns.client',
    'digest.columns.type',
    'history.program',
    'modal.note',
    'note.text',
    'operations.ages.minutes',
    'proposal.labels.client',
    'proposal.labels.note',
    'proposal.release.note',
    'recon.order.documents',
    'rule.forms.approve.note',
    'rule.labels.note',
    'rule.labels.version',
    'why.bit',
  ],
  es: ['history.program', 'operations.ages.minutes', 'why.bit'],
};

test.each(TRANSLATIONS)('%s leaves nothing in English', (locale, catalogue) => {
  expect(untranslated(catalogue, en).sort()).toEqual(SAME_WORD[locale]);
});

describe.each(['names', 'one'] as const)('with blanks filled with %s', (filling) => {
  test.each(TRANSLATIONS)('%s speaks of the same things as English', (_, catalogue) => {
    expect(blanksByPath(catalogue, filling)).toEqual(blanksByPath(en, filling));
  });

  test.each(ALL)('%s has words for everything', (_, catalogue) => {
    const wordless = entriesOf(catalogue, filling).filter(({ text }) => text.trim() === '');
    expect(wordless).toEqual([]);
    const unfilled = entriesOf(catalogue, filling).filter(({ text }) =>
      /undefined|null|\[object|NaN/.test(text),
    );
    expect(unfilled).toEqual([]);
  });
});

/** Where what is said stands in a place of Slack's with little room. */
const PLACES = [
  [
    'a title of a modal or a button at its foot',
    /^(?:modal\.(?:close|cancel|\w+\.(?:title|plainTitle|submit))|press\.notDone|answers\.loadingTitle|details\.title|note\.(?:title|submit|cancel))$/,
    24,
  ],
  [
    'a title or a button at the foot of what is done to many',
    /^flood\.(?:(?:list|working|result)\.title|(?:choose|confirm)\.(?:titles|submit)\.\w+|buttons\.(?:filter|continue))$/,
    24,
  ],
  ['a title or a button at the foot of what is decided about pairs', /^pair\.\w+\.(?:title|submit)$/, 24],
  [
    'an option',
    /^(?:flood\.choose\.(?:all|ticked)|pair\.(?:match\.(?:near|isMatched)|confirm\.(?:stays|explained)))$/,
    75,
  ],
  [
    'a button of a message',
    /(?:\bbuttons?\.\w+|details\.(?:previous|next)Page|link\.(?:vouch|decline|confirmYes))$/,
    75,
  ],
  ['a header', /^(?:home\.(?:mine|unclaimed)|types\.\w+\.title|\w+\.titles?(?:\.\w+)?|notice\.\w+)$/, 150],
  ['a placeholder', /\bchoose\w*$/, 150],
] as const;

describe.each(PLACES)('%s', (_place, path, limit) => {
  test.each(ALL)('has room for the words in %s', (_, catalogue) => {
    expect(entriesOf(catalogue, 'names').filter((entry) => path.test(entry.path))).not.toEqual([]);
    expect(tooLong(catalogue, path, limit)).toEqual([]);
  });
});

test.each(ALL)('%s writes no mention, link or styling of its own', (_, catalogue) => {
  expect(entriesOf(catalogue, 'names').filter(({ text }) => /[<>`~*]|\p{Cc}/u.test(text))).toEqual([]);
});

/** What a language calls something else: one word per concept, in each of them. */
const OTHER_WORDS = {
  de: /Ausnahme|Abweichung|Besitzer|Eigentümer|Ticket|Bestellung/,
  fr: /\b(?:exceptions?|fiches?|propriétaire|ticket|bon de commande)\b/i,
  es: /\b(?:excepci(?:ón|ones)|fichas?|propietari[oa]|discrepancias?|orden(?:es)?)\b/i,
};

test.each(TRANSLATIONS)('%s calls each thing by one word', (locale, catalogue) => {
  const others = entriesOf(catalogue, 'names')
    // A command to be typed is the same in every language.
    .map(({ path, text }) => ({ path, text: text.replaceAll('tieout exceptions', '') }))
    .filter(({ text }) => OTHER_WORDS[locale].test(text));
  expect(others).toEqual([]);
});
