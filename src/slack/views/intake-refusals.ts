import type { DecisionRefusal } from '../../core/intake/decision.ts';
import { inert } from './escape.ts';
import { richly } from './instants.ts';
import type { Reader } from './reader.ts';

/** Why a decision about a delivery changed nothing, for the person who made it. */
export function decisionRefusalWords(refusal: DecisionRefusal, reader: Reader): string {
  const { refusals } = reader.words.intake;
  if (refusal.code === 'note_long') return refusals.note_long(refusal.limit);
  return refusal.code === 'not_waiting' ? notWaiting(refusal, reader) : refusals[refusal.code];
}

function notWaiting(
  { status, byName, at }: Extract<DecisionRefusal, { code: 'not_waiting' }>,
  reader: Reader,
): string {
  const { refusals, operator } = reader.words.intake;
  const words = refusals.not_waiting[status];
  if (typeof words === 'string') return words;
  return words({ who: inert(byName ?? operator, 200), at: at ? richly(reader).instant(at) : '—' });
}

/** The input of the form at which a refusal is shown. */
export const REFUSED_INPUT = {
  reason_unknown: 'code',
  note_missing: 'note',
  note_long: 'note',
} as const satisfies Partial<Record<DecisionRefusal['code'], string>>;
