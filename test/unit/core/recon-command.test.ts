import { expect, test } from 'vitest';
import { LIVE_STATUSES, STATUSES } from '../../../src/core/lifecycle.ts';
import { parseReconCommand } from '../../../src/core/recon-command.ts';

const accepted = (value: unknown) => ({ ok: true, value });
const refused = (refusal: unknown) => ({ ok: false, refusal });

test('nothing at all asks for help', () => {
  expect(parseReconCommand('')).toEqual(accepted({ verb: 'help' }));
  expect(parseReconCommand('  \n ')).toEqual(accepted({ verb: 'help' }));
});

test.each([
  ['status', { verb: 'status' }],
  ['  MINE ', { verb: 'mine' }],
  ['show EX-1042', { verb: 'show', number: 1042 }],
  ['show 1042', { verb: 'show', number: 1042 }],
  ['order PO-1', { verb: 'order', orderRef: 'PO-1' }],
  ['order PO 1 / A', { verb: 'order', orderRef: 'PO 1 / A' }],
  ['who-owns “PO  1”', { verb: 'who-owns', orderRef: 'PO  1' }],
  ['run', { verb: 'run' }],
  ['audit', { verb: 'audit', isProof: false }],
  ['audit verify', { verb: 'audit', isProof: true }],
  ['audit Verify —full', { verb: 'audit', isProof: true }],
  ['quarantine', { verb: 'quarantine', feed: undefined }],
  ['quarantine invoice_lines', { verb: 'quarantine', feed: 'invoice_lines' }],
  ['adjustments', { verb: 'adjustments', filter: {} }],
  ['adjustments waiting', { verb: 'adjustments', filter: { state: 'waiting' } }],
  [
    'adjustments Write-offs 2026-10',
    { verb: 'adjustments', filter: { kind: 'write_off', period: '2026-10' } },
  ],
  [
    'adjustments booked kind:reversal period:2026-10 client:"Acme Ltd" order:PO-1 payee:kestrel by:me min:10 max:20',
    {
      verb: 'adjustments',
      filter: {
        state: 'booked',
        kind: 'reversal',
        period: '2026-10',
        client: 'Acme Ltd',
        order: 'PO-1',
        payee: 'kestrel',
        by: 'me',
        atLeast: 100_000n,
        atMost: 200_000n,
      },
    },
  ],
  ['adjustments Kestrel  Ltd', { verb: 'adjustments', filter: { text: 'Kestrel Ltd' } }],
  ['sla', { verb: 'sla' }],
  ['doctor', { verb: 'doctor' }],
  ['report', { verb: 'report', team: undefined }],
  ['report Media  Ops', { verb: 'report', team: 'Media Ops' }],
  ['rules', { verb: 'rules', reconciliation: undefined }],
  ['rules ad-buy-vs-billing', { verb: 'rules', reconciliation: 'ad-buy-vs-billing' }],
])('reads "%s"', (text, command) => {
  expect(parseReconCommand(text)).toEqual(accepted(command));
});

test('a list without filters is of everything live', () => {
  expect(parseReconCommand('list')).toEqual(
    accepted({ verb: 'list', filter: { statuses: LIVE_STATUSES }, bare: [] }),
  );
});

test('reads every filter, amounts to the ten-thousandth of a unit', () => {
  expect(
    parseReconCommand(
      'list status:awaiting-approval Type:Missing_Invoice team:finance owner:me client:"Acme Ltd" order:PO-1 min:$1,234.50 max:2000 OVERDUE',
    ),
  ).toEqual(
    accepted({
      verb: 'list',
      filter: {
        statuses: ['awaiting_approval'],
        type: 'missing_invoice',
        team: 'finance',
        owner: 'me',
        client: 'Acme Ltd',
        order: 'PO-1',
        isOverdue: true,
        atLeast: 12_345_000n,
        atMost: 20_000_000n,
      },
      bare: [],
    }),
  );
});

test('reads the groups of statuses', () => {
  expect(parseReconCommand('list status:all')).toEqual(
    accepted({ verb: 'list', filter: { statuses: STATUSES }, bare: [] }),
  );
  expect(parseReconCommand('list status:live')).toEqual(
    accepted({ verb: 'list', filter: { statuses: LIVE_STATUSES }, bare: [] }),
  );
});

test('words may stand alone: those of a filter are read, names are left to be looked for', () => {
  expect(parseReconCommand('list Claimed me overdue finance "Acme Ltd" constructor')).toEqual(
    accepted({
      verb: 'list',
      filter: { statuses: ['claimed'], owner: 'me', isOverdue: true },
      bare: ['finance', 'Acme Ltd', 'constructor'],
    }),
  );
});

test.each([
  ['1000..5000', { atLeast: 10_000_000n, atMost: 50_000_000n }],
  ['1,000.5..', { atLeast: 10_005_000n }],
  ['..€50', { atMost: 500_000n }],
  ['99.99', { atLeast: 999_900n, atMost: 999_900n }],
])('reads the range of amounts %s', (range, limits) => {
  expect(parseReconCommand(`list amount:${range}`)).toEqual(
    accepted({ verb: 'list', filter: { statuses: LIVE_STATUSES, ...limits }, bare: [] }),
  );
});

test.each([
  ['stauts', { code: 'unknown_verb', typed: 'stauts', near: 'status' }],
  ['zzzzzzzz', { code: 'unknown_verb', typed: 'zzzzzzzz', near: undefined }],
  ['__proto__', { code: 'unknown_verb', typed: '__proto__', near: undefined }],
  ['status now', { code: 'nothing_after', verb: 'status' }],
  ['sla all', { code: 'nothing_after', verb: 'sla' }],
  ['show', { code: 'which_exception' }],
  ['show EX-1 EX-2', { code: 'which_exception' }],
  ['show EX-0', { code: 'which_exception' }],
  ['order', { code: 'which_order', verb: 'order' }],
  ['who-owns', { code: 'which_order', verb: 'who-owns' }],
  ['quarantine a b', { code: 'one_feed' }],
  ['list :acme', { code: 'not_a_filter', typed: ':acme', near: undefined }],
  ['list open status:claimed', { code: 'repeated_filter', key: 'status' }],
  ['audit everything', { code: 'only_verify' }],
  ['audit verify --fast', { code: 'only_verify' }],
  ['list staus:open', { code: 'unknown_filter', verb: 'list', typed: 'staus', near: 'status' }],
  ['list overdu:yes', { code: 'unknown_filter', verb: 'list', typed: 'overdu', near: 'overdue' }],
  ['list client:', { code: 'empty_filter', verb: 'list', key: 'client' }],
  ['adjustmens', { code: 'unknown_verb', typed: 'adjustmens', near: 'adjustments' }],
  ['adjustments kidn:x', { code: 'unknown_filter', verb: 'adjustments', typed: 'kidn', near: 'kind' }],
  ['adjustments waitin:x', { code: 'unknown_filter', verb: 'adjustments', typed: 'waitin', near: 'waiting' }],
  [
    'adjustments __proto__:x',
    { code: 'unknown_filter', verb: 'adjustments', typed: '__proto__', near: undefined },
  ],
  ['adjustments kind:writeof', { code: 'unknown_kind', typed: 'writeof', near: 'write_off' }],
  ['adjustments kind:', { code: 'empty_filter', verb: 'adjustments', key: 'kind' }],
  ['adjustments reversals kind:reversal', { code: 'repeated_filter', key: 'kind' }],
  ['adjustments waiting booked', { code: 'repeated_filter', key: 'waiting or booked' }],
  ['adjustments period:2026-13', { code: 'bad_period', typed: '2026-13' }],
  ['adjustments min:x', { code: 'bad_amount', key: 'min', typed: 'x' }],
  ['list team:a team:b', { code: 'repeated_filter', key: 'team' }],
  ['list overdue overdue', { code: 'repeated_filter', key: 'overdue' }],
  ['list amount:1..2 max:5', { code: 'repeated_filter', key: 'max' }],
  ['list status:opne', { code: 'unknown_status', typed: 'opne', near: 'open' }],
  ['list status:toString', { code: 'unknown_status', typed: 'toString', near: undefined }],
  ['list min:1e3', { code: 'bad_amount', key: 'min', typed: '1e3' }],
  ['list min:-5', { code: 'bad_amount', key: 'min', typed: '-5' }],
  ['list max:1,5', { code: 'bad_amount', key: 'max', typed: '1,5' }],
  ['list max:99999999999999999999', { code: 'bad_amount', key: 'max', typed: '99999999999999999999' }],
  ['list amount:..', { code: 'bad_amount', key: 'amount', typed: '..' }],
  ['list amount:1..2..3', { code: 'bad_amount', key: 'amount', typed: '1..2..3' }],
  ['list amount:a..5', { code: 'bad_amount', key: 'amount', typed: 'a..5' }],
  ['list min:10 max:5', { code: 'crossed_amounts' }],
  ['list amount:10..5', { code: 'crossed_amounts' }],
  ['x'.repeat(301), { code: 'too_long', limit: 300 }],
])('refuses "%s"', (text, refusal) => {
  expect(parseReconCommand(text)).toEqual(refused(refusal));
});

test('a quote that nothing closes is not read as if it were closed', () => {
  expect(parseReconCommand('show "1042')).toEqual(refused({ code: 'which_exception' }));
  expect(parseReconCommand('show 1042”')).toEqual(refused({ code: 'which_exception' }));
  expect(parseReconCommand('order “PO  1')).toEqual(accepted({ verb: 'order', orderRef: '“PO  1' }));
});
