import type { FeedContract } from '../../core/contract.ts';
import { textAt } from '../../core/json-text.ts';
import { columnKey, readRow, wantedColumns } from '../../core/row.ts';
import type { Webhook } from '../../core/webhook.ts';
import { readObject, rowOf } from '../ingest/formats/json-object.ts';
import type { PushRefusal } from './read-push.ts';

/**
 * Why an event of a sender who knows the contract is sent back at the door instead of being quarantined: a key nobody declared (it may
 * be meant to set what is not the sender's), a value of another kind, or a row that breaks the contract. Undefined when it is well.
 */
export function strictProblem(
  text: string,
  contract: FeedContract,
  webhook: Webhook,
): PushRefusal | undefined {
  const record = webhook.record.length === 0 ? text : textAt(text, webhook.record);
  const members = readObject(record ?? '');
  if (!members.ok) return malformed('record_missing', `there is no record: ${members.refusal.detail}`);
  const columns = wantedColumns(contract).map(columnKey);
  const known = new Set([
    ...columns.map(firstStep),
    ...(webhook.record.length === 0 ? envelopeKeys(webhook) : []),
  ]);
  for (const [name, value] of members.value) {
    const column = columnKey(name);
    if (!known.has(column))
      return malformed('key_unknown', `"${name.slice(0, 60)}" is not part of the contract`);
    const isInside = columns.some((wanted) => wanted.startsWith(`${column}.`));
    const problem = isInside ? undefined : valueProblem(name, value);
    if (problem) return problem;
  }
  const row = readRow(contract, rowOf(members.value));
  if (row.ok) return undefined;
  const { code, field, detail } = row.refusal;
  return malformed(code, field === undefined ? detail : `${field}: ${detail}`);
}

const firstStep = (column: string): string => column.split('.')[0] ?? column;

/** What the webhook itself reads of an event that is the record. */
const envelopeKeys = ({ id, type, at, only }: Webhook): string[] =>
  [id, type, at, ...only.map(({ path }) => path)].flatMap((path) =>
    path?.[0] === undefined ? [] : [columnKey(path[0])],
  );

function valueProblem(name: string, value: string): PushRefusal | undefined {
  const kind = value.startsWith('[') ? 'a list' : value.startsWith('{') ? 'an object' : undefined;
  if (kind) return malformed('value_kind', `"${name}" is ${kind}; a text or a number is wanted`);
  if (value === 'true' || value === 'false') {
    return malformed('value_kind', `"${name}" is ${value}; a text or a number is wanted`);
  }
  if (!/^[-\d]/.test(value)) return undefined;
  const number = Number(value);
  const isExact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return isExact
    ? undefined
    : malformed('number_inexact', `"${name}" is a number that programs round; write it as text`);
}

const malformed = (code: string, detail: string): PushRefusal => ({ status: 400, code, detail });
