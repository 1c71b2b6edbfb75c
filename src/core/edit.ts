import type { ContractField, FeedContract } from './contract.ts';
import { parseAmount, toDecimal } from './money.ts';
import type { ReasonCode } from './organisation.ts';
import { accept, type Result, refuse } from './result.ts';
import { isRequired } from './row.ts';

/** What a record holds that an edit can change. */
export type RecordContent = {
  readonly amountMinor: bigint | undefined;
  readonly currency: string | undefined;
  readonly occurredOn: string;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
};

/** One field, before and after; null where it is absent. */
export type FieldChange = {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
};

export type EditRefusal = {
  readonly code:
    | 'edit_unknown_record'
    | 'edit_unknown_field'
    | 'edit_key'
    | 'edit_unreadable'
    | 'edit_required'
    | 'edit_nothing'
    | 'edit_reason';
  /** A sentence that ends in what to do next. */
  readonly words: string;
};

/** Why a record is edited, where the configuration has no reason codes for it. */
export const EDIT_REASONS: readonly ReasonCode[] = [
  { code: 'typing_error', label: 'Typing error', uses: [] },
  { code: 'corrected_by_source', label: 'The source said so, and cannot deliver it', uses: [] },
  { code: 'agreed_with_client', label: 'Agreed with the client', uses: [] },
  { code: 'other', label: 'Something else', uses: [] },
];

/**
 * The record with these fields changed, and what changed.
 *
 * Refuses: a field the contract has not, one that names the record or orders its versions, a text that is no value of the
 *          field, an empty one that must be there, and an edit that changes nothing.
 */
export function editRecord(
  contract: FeedContract,
  record: RecordContent,
  edits: ReadonlyMap<string, string>,
): Result<{ content: RecordContent; changes: readonly FieldChange[] }, EditRefusal> {
  let content = record;
  const changes: FieldChange[] = [];
  for (const [name, text] of edits) {
    const field = contract.fields.find((one) => one.name === name);
    const refusal = whyNot(contract, field, { name, text });
    if (refusal || !field) return refuse(refusal ?? unknownField(contract, name));
    const edited = edit(contract, content, { field, text: text.trim() });
    if (!edited.ok) return edited;
    const [before, after] = [content, edited.value].map((one) => shown(contract, one, name));
    if (before !== after) changes.push({ field: name, before: before ?? null, after: after ?? null });
    content = edited.value;
  }
  if (changes.length > 0) return accept({ content: named(contract, content), changes });
  return refuse({
    code: 'edit_nothing',
    words: 'That is what the record holds already, so nothing changed. Name a field with another value.',
  });
}

function whyNot(
  contract: FeedContract,
  field: ContractField | undefined,
  { name, text }: { name: string; text: string },
): EditRefusal | undefined {
  if (!field) return unknownField(contract, name);
  if (contract.key.includes(name) || contract.revision === name) {
    const words = `"${name}" names the record, or orders its versions, so it cannot be edited. Correct it at the source.`;
    return { code: 'edit_key', words };
  }
  if (text.trim() === '' && isRequired(contract, field)) {
    return { code: 'edit_required', words: `"${name}" must be there. Give it a value.` };
  }
  return undefined;
}

const unknownField = ({ feed, fields }: FeedContract, name: string): EditRefusal => ({
  code: 'edit_unknown_field',
  words: `${feed} has no field "${name}". It has: ${fields.map((field) => field.name).join(', ')}.`,
});

function edit(
  contract: FeedContract,
  content: RecordContent,
  { field, text }: { field: ContractField; text: string },
): Result<RecordContent, EditRefusal> {
  if (field.name === contract.amount) return editAmount(content, text);
  const { [field.name]: _, ...others } = content.fields;
  if (text === '') return accept({ ...content, fields: others });
  const unreadable = whyUnreadable(field, text);
  if (unreadable !== undefined) {
    return refuse({
      code: 'edit_unreadable',
      words: `"${text}" is no value of "${field.name}": ${unreadable}.`,
    });
  }
  const occurredOn = field.name === contract.date ? text : content.occurredOn;
  return accept({ ...content, occurredOn, fields: { ...others, [field.name]: text } });
}

function editAmount(content: RecordContent, text: string): Result<RecordContent, EditRefusal> {
  if (text === '') return accept({ ...content, amountMinor: undefined, currency: undefined });
  const { currency } = content;
  if (currency === undefined) {
    const words =
      'The record has no amount, so nobody knows in which currency one would be. Correct it at the source.';
    return refuse({ code: 'edit_unreadable', words });
  }
  const amount = parseAmount(text, currency);
  if (amount.ok) return accept({ ...content, amountMinor: amount.value });
  const words = `${amount.refusal.detail}. Write an amount in ${currency} like 1234.50.`;
  return refuse({ code: 'edit_unreadable', words });
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function isDay(text: string): boolean {
  const ms = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** What is wrong with the text as a value of the field; undefined when nothing is. */
function whyUnreadable({ type }: ContractField, text: string): string | undefined {
  if (/\p{Cc}/u.test(text)) return 'it has characters that nobody can see';
  if (type.kind === 'date' || type.kind === 'instant') {
    return isDay(text) ? undefined : 'write a day like 2026-10-05';
  }
  if (type.kind === 'integer') return /^-?\d{1,18}$/.test(text) ? undefined : 'write a whole number';
  if (type.kind === 'choice')
    return type.of.includes(text) ? undefined : `choose one of ${type.of.join(', ')}`;
  if (type.kind === 'text' && text.length > type.maxLength) return `it is longer than ${type.maxLength}`;
  return type.kind === 'money' ? 'only the amount of the record can be edited' : undefined;
}

const shown = ({ amount }: FeedContract, content: RecordContent, name: string): string | undefined => {
  if (name !== amount) return content.fields[name];
  const { amountMinor, currency } = content;
  return amountMinor === undefined || currency === undefined
    ? undefined
    : `${toDecimal({ minor: amountMinor, currency })} ${currency}`;
};

/** Client and order are what the fields say by now. */
const named = ({ client, orderRef }: FeedContract, content: RecordContent): RecordContent => ({
  ...content,
  client: client === undefined ? content.client : content.fields[client],
  orderRef: orderRef === undefined ? content.orderRef : content.fields[orderRef],
});
