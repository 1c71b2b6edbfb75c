import type { RuleRefusal } from '../../core/refusal.ts';
import { inert } from './escape.ts';
import type { Writer } from './instants.ts';

type Words = {
  readonly [Code in RuleRefusal['code']]: (
    refusal: Extract<RuleRefusal, { code: Code }>,
    writer: Writer,
  ) => string;
};

const name = (text: string): string => inert(text, 200);

/** How each refusal about the change of a rule fills its sentence. */
export const RULE_REFUSALS: Words = {
  rules_not_governed: (_, { words }) => words.rule.refusals.rules_not_governed(),
  rule_unknown: ({ reconciliation }, { words }) =>
    words.rule.refusals.rule_unknown({ name: name(reconciliation) }),
  rule_unchanged: ({ reconciliation, version }, { words }) =>
    words.rule.refusals.rule_unchanged({ name: name(reconciliation), version }),
  rule_change_pending: ({ reconciliation, byName, until }, { words, instant }) =>
    words.rule.refusals.rule_change_pending({
      name: name(reconciliation),
      by: name(byName),
      until: instant(until),
    }),
  too_few_approvers: (_, { words }) => words.rule.refusals.too_few_approvers(),
  rule_change_unknown: (_, { words }) => words.rule.refusals.rule_change_unknown(),
  rule_change_over: ({ how, byName, at }, { words, instant }) =>
    words.rule.refusals.rule_change_over({
      how: words.rule.over[how],
      by: byName === undefined ? undefined : name(byName),
      at: instant(at),
    }),
  rule_change_outdated: ({ reconciliation }, { words }) =>
    words.rule.refusals.rule_change_outdated({ name: name(reconciliation) }),
  own_rule_change: (_, { words }) => words.rule.refusals.own_rule_change(),
  already_seated: ({ seat }, { words: { rule } }) => rule.refusals.already_seated({ seat: rule.seats[seat] }),
  seat_taken: ({ seat, byName, at }, { words: { rule }, instant }) =>
    rule.refusals.seat_taken({ seat: rule.seats[seat], name: name(byName), at: instant(at) }),
  seat_not_yours: ({ seat }, { words: { rule } }) => rule.refusals.seat_not_yours({ seat: rule.seats[seat] }),
  seat_unknown: ({ given }, { words }) => words.rule.refusals.seat_unknown({ given: inert(given, 100) }),
};
