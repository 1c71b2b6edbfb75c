import { describe, expect, it } from 'vitest';
import { plainReference, plainWords } from '../../../src/core/score/text.ts';

describe('texts are made plain', () => {
  it.each([
    ['Müller & Söhne GmbH', 'muller sohne gmbh'],
    ['Straße', 'strasse'],
    ['Zoë-Anne Guðmundsson', 'zoe anne gudmundsson'],
    ['ŁUKASZ Wałęsa', 'lukasz walesa'],
    ['Ødegård', 'odegard'],
    ['İbrahim Çelik', 'ibrahim celik'],
    ['Фёдор Щербаков', 'fedor shcherbakov'],
    ['Київ', 'kiiv'],
    ['Παπαδόπουλος', 'papadopoulos'],
    ['ガス', 'ガス'],
    ['ｶﾞｽ', 'ガス'],
    ['किताब', 'किताब'],
    ['⚡️ Volt', 'volt'],
    ['⚡️', ''],
  ])('%s as %s, whether its accents are part of the letters or stand behind them', (text, plain) => {
    expect(plainWords(text)).toBe(plain);
    expect(plainWords(text.normalize('NFD'))).toBe(plain);
    expect(plainWords(text.toUpperCase())).toBe(plain);
  });

  it('and references too', () => {
    expect(plainReference('č. 2026/Ø-114')).toBe('C2026O114');
    expect(plainReference('РЕ-114')).toBe('RE114');
  });
});
