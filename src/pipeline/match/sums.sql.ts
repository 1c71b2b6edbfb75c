import { comparesAmounts, type Reconciliation } from '../../core/spec.ts';
import type { SqlPart } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * What a group comes to, as aggregates over its members `m` (with `side`, and of their pool row `version`, `amount_minor`,
 * `currency`, `is_credit` and `input`): whatever `plannedGroup` makes a row of.
 */
export const sumsOf = (tx: Tx): SqlPart => tx`
  count(*) as size,
  max(m.input collate "C") filter (where m.side = 'expected') as expected_input,
  max(m.input collate "C") filter (where m.side = 'actual') as actual_input,
  max(m.version) filter (where m.side = 'expected') as expected_version,
  max(m.version) filter (where m.side = 'actual') as actual_version,
  sum(m.amount_minor) filter (where m.side = 'expected') as expected_minor,
  sum(m.amount_minor) filter (where m.side = 'actual') as actual_minor,
  coalesce(sum(m.amount_minor) filter (where m.is_credit), 0) as credits_minor,
  (count(*) - count(m.amount_minor))::integer as without_amount,
  case when min(m.currency) = max(m.currency) then min(m.currency) end as currency`;

/** What `inputs_hash` is made of: the record with its content, of a row of the pool. */
export const inputOf = (tx: Tx, row: 'p' | 'e' | 'a' = 'p'): SqlPart =>
  tx`(${tx(row)}.record_id || ':' || encode(${tx(row)}.content_hash, 'hex'))`;

/** The columns that `plannedGroup` fills, after `pass` and `group_key`. */
export const GROUP_COLUMNS = (tx: Tx): SqlPart => tx`
  inputs_hash, expected_minor, actual_minor, credits_minor, without_amount, currency, outcome, expected_id, actual_id,
  expected_version, actual_version`;

/**
 * A planned group of sums `s`. Sides that are equal in one currency, or have none to compare, are settled as `equal`; sets of one
 * side are not. Of a pair the records are known by what went into their hash; `finishLarger` completes the others.
 */
export function plannedGroup(tx: Tx, spec: Reconciliation, isOneSided: SqlPart): SqlPart {
  const isEqual = comparesAmounts(spec)
    ? tx`s.without_amount = 0 and s.currency is not null and s.expected_minor = s.actual_minor`
    : tx`true`;
  const isPair = tx`s.size = 2 and s.expected_input is not null and s.actual_input is not null`;
  const inOrder = tx`
    least(s.expected_input collate "C", s.actual_input collate "C") || ','
      || greatest(s.expected_input collate "C", s.actual_input collate "C")`;
  return tx`
    case when ${isPair} then ${hashed(tx, inOrder)} else '' end,
    s.expected_minor::bigint, s.actual_minor::bigint, s.credits_minor::bigint, s.without_amount, s.currency,
    case when ${isEqual} and not ${isOneSided} then 'equal' end,
    case when ${isPair} then left(s.expected_input, 36)::uuid end,
    case when ${isPair} then left(s.actual_input, 36)::uuid end,
    case when ${isPair} then s.expected_version end,
    case when ${isPair} then s.actual_version end`;
}

/** A text as `inputs_hash` keeps it. */
export const hashed = (tx: Tx, text: SqlPart): SqlPart =>
  tx`encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

/** What `GROUP_COLUMNS` name, of an expected record `e` and an actual one `a`. */
export function pairOf(tx: Tx, spec: Reconciliation): SqlPart {
  const [expected, actual] = [inputOf(tx, 'e'), inputOf(tx, 'a')];
  const isEqual = comparesAmounts(spec)
    ? tx`e.amount_minor = a.amount_minor and e.currency = a.currency`
    : tx`true`;
  return tx`
    ${hashed(
      tx,
      tx`case when e.record_id < a.record_id then ${expected} || ',' || ${actual} else ${actual} || ',' || ${expected} end`,
    )},
    e.amount_minor, a.amount_minor, case when a.is_credit then coalesce(a.amount_minor, 0) else 0 end,
    num_nulls(e.amount_minor, a.amount_minor),
    case when e.currency = a.currency or num_nulls(e.currency, a.currency) > 0 then coalesce(e.currency, a.currency) end,
    case when ${isEqual} then 'equal' end, e.record_id, a.record_id, e.version, a.version`;
}
