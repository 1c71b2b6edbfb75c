import { expect, test } from 'vitest';
import { LIVE_STATUSES, STATUSES } from '../../../src/core/lifecycle.ts';
import { parseReconCommand } from '../../../src/core/recon-command.ts';

const accepted = (value: unknown) => ({ ok: true, value });
const detailOf = (text: string): string => {
  const parsed = parseReconCommand(text);
  return parsed.ok ? 'understood' : parsed.refusal.detail;
};

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
  ['audit', { verb: 'audit' }],
  ['quarantine', { verb: 'quarantine', feed: undefined }],
  ['quarantine invoice_lines', { verb: 'quarantine', feed: 'invoice_lines' }],
  ['sla', { verb: 'sla' }],
  ['rules check x', { verb: 'rules' }],
])('reads "%s"', (text, command) => {
  expect(parseReconCommand(text)).toEqual(accepted(command));
});

test('a list without filters is of everything live', () => {
  expect(parseReconCommand('list')).toEqual(accepted({ verb: 'list', filter: { statuses: LIVE_STATUSES } }));
});

test('reads every filter, amounts to the ten-thousandth of a unit', () => {
  expect(
    parseReconCommand(
      'list status:awaiting-approval Type:Missing_Invoice team:finance client:"Acme Ltd" min:$1,234.50 max:2000',
    ),
  ).toEqual(
    accepted({
      verb: 'list',
      filter: {
        statuses: ['awaiting_approval'],
        type: 'missing_invoice',
        team: 'finance',
        client: 'Acme Ltd',
        atLeast: 12_345_000n,
        atMost: 20_000_000n,
      },
    }),
  );
});

test('reads the groups of statuses', () => {
  expect(parseReconCommand('list status:all')).toEqual(
    accepted({ verb: 'list', filter: { statuses: STATUSES } }),
  );
  expect(parseReconCommand('list status:live')).toEqual(
    accepted({ verb: 'list', filter: { statuses: LIVE_STATUSES } }),
  );
});

test.each([
  ['stauts', 'There is no /recon stauts; did you mean "status"? Type /recon help for all of them.'],
  ['zzzzzzzz', 'There is no /recon zzzzzzzz. Type /recon help for all of them.'],
  ['__proto__', 'There is no /recon __proto__. Type /recon help for all of them.'],
  ['status now', '/recon status takes nothing after it.'],
  ['show', 'Which exception? Type its number: /recon show EX-1042.'],
  ['show EX-1 EX-2', 'Which exception?'],
  ['show EX-0', 'Which exception?'],
  ['order', 'Which order?'],
  ['who-owns', 'Which order?'],
  ['quarantine a b', 'one feed after it'],
  ['list acme', '"acme" is no filter. Type what it is, as in client:acme or team:acme.'],
  ['list staus:open', 'did you mean "status"?'],
  ['list client:', 'client: has nothing after it.'],
  ['list team:a team:b', 'team: is there twice.'],
  ['list status:opne', '"opne" is no status; did you mean "open"?'],
  ['list status:toString', '"toString" is no status'],
  ['list min:1e3', 'min:1e3 is no amount.'],
  ['list min:-5', 'min:-5 is no amount.'],
  ['list max:1,5', 'max:1,5 is no amount.'],
  ['list max:99999999999999999999', 'is no amount.'],
  ['list min:10 max:5', 'min: is above max:, so nothing can match. Swap them.'],
  ['x'.repeat(301), 'longer than 300 characters'],
])('refuses "%s" in words', (text, words) => {
  expect(detailOf(text)).toContain(words);
});
