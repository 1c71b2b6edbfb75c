import { describe, expect, it } from 'vitest';
import { applySteps, type Step } from '../../../src/core/steps.ts';

const stepped = (text: string, ...steps: Step[]) => applySteps(text, steps);

describe('a purchase order number', () => {
  const po: Step[] = [
    { kind: 'upper' },
    { kind: 'drop_prefix', texts: ['PO#', 'PO-', 'PO'] },
    { kind: 'alphanumeric' },
    { kind: 'pad', width: 6 },
  ];

  it.each(['PO-1042', 'po#1042', 'PO 1042', ' 001042 ', '1042', 'PO-10 42'])(
    'is one text however it is written: %s',
    (text) => {
      expect(applySteps(text, po)).toEqual({ ok: true, value: '001042' });
    },
  );

  it('loses its zeros when that is declared, but never its last one', () => {
    expect(stepped('000', { kind: 'drop_zeros' })).toEqual({ ok: true, value: '0' });
    expect(stepped('0042', { kind: 'drop_zeros' })).toEqual({ ok: true, value: '42' });
  });

  it('is empty when nothing is left of it', () => {
    expect(stepped('n/a', { kind: 'digits' }, { kind: 'pad', width: 6 })).toEqual({ ok: true, value: '' });
  });
});

describe('an e-mail address', () => {
  it.each([
    ['Ana.Ruiz@Example.COM', 'ana.ruiz@example.com'],
    ['Ana Ruiz <ana@example.com>', 'ana@example.com'],
    ['mailto:ana+ads@example.com', 'ana+ads@example.com'],
    ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ])('%s is %s', (text, value) => {
    expect(stepped(text, { kind: 'email' })).toEqual({ ok: true, value });
  });

  it.each([
    'ana',
    'ana@',
    '@example.com',
    'ana@localhost',
    'a b@example.com',
    'ana@example.com, bo@example.com',
  ])('is refused: %s', (text) => {
    expect(stepped(text, { kind: 'email' })).toMatchObject({
      ok: false,
      refusal: { code: 'identity_malformed' },
    });
  });
});

describe('a domain', () => {
  it.each([
    ['https://www.Example.com:8443/shop?x=1', 'example.com'],
    ['example.com.', 'example.com'],
    ['ana@mail.example.com', 'mail.example.com'],
    ['//cdn.example.com/x', 'cdn.example.com'],
    ['www.com', 'www.com'],
  ])('of %s is %s', (text, value) => {
    expect(stepped(text, { kind: 'domain' })).toEqual({ ok: true, value });
  });

  it.each(['localhost', '10.0.0.1', 'Acme Ltd', 'http://'])('is not in %s', (text) => {
    expect(stepped(text, { kind: 'domain' })).toMatchObject({ ok: false });
  });
});

describe('a click id', () => {
  it.each([
    ['Cj0KCQiA_wcB', 'Cj0KCQiA_wcB'],
    ['https://shop.example/?utm_source=x&gclid=Cj0KCQiA_wcB', 'Cj0KCQiA_wcB'],
    ['https://shop.example/?GCLID=AbC123&fbclid=zzz', 'AbC123'],
    ['fbclid=IwAR0abc', 'IwAR0abc'],
    ['https://shop.example/?utm_source=x', ''],
  ])('of %s is %j, its case kept', (text, value) => {
    expect(stepped(text, { kind: 'click_id' })).toEqual({ ok: true, value });
  });

  it('is refused when the text is neither', () => {
    expect(stepped('not set at all', { kind: 'click_id' })).toMatchObject({ ok: false });
  });
});

it.each(['alphanumeric', 'email', 'upper'] as const)(
  'accents are the same whether they are part of their letter or stand behind it: %s',
  (kind) => {
    const whole = kind === 'email' ? 'ren\u00E9@example.com' : 'REN\u00C9-12';
    expect(stepped(whole.normalize('NFD'), { kind })).toEqual(stepped(whole, { kind }));
  },
);

it('steps are taken in the order they are declared', () => {
  const prefix: Step = { kind: 'prefix', text: 'PO-' };
  expect(stepped('ab/12', { kind: 'after', text: '/' }, prefix)).toEqual({ ok: true, value: 'PO-12' });
  expect(stepped('PO-12/3', { kind: 'before', text: '/' }, prefix)).toEqual({ ok: true, value: 'PO-12' });
  expect(
    stepped(
      'Ａcme   Ltd. ',
      { kind: 'plain_text' },
      { kind: 'spaces' },
      { kind: 'drop_suffix', texts: ['Ltd.'] },
    ),
  ).toEqual({
    ok: true,
    value: 'Acme',
  });
});
