import { ROLES } from '../../src/core/organisation.ts';
import { RULE_CHANGE_STATES, type RuleChangeFacts, SEATS } from '../../src/core/rule-change.ts';
import { section } from '../../src/slack/views/blocks.ts';
import { richly } from '../../src/slack/views/instants.ts';
import {
  pendingChangeLine,
  renderRuleChange,
  renderRuleOver,
  ruleApproveModal,
  ruleChangeDetails,
  ruleRejectModal,
} from '../../src/slack/views/rule-change.ts';
import type { Fill } from './hostile-fill.ts';
import type { Render } from './hostile-surfaces.ts';

/** The change of a rule, with hostile texts in everything that a file or a person can say. */
export function ruleChangeIn(fill: Fill): RuleChangeFacts {
  const state = fill.pick(RULE_CHANGE_STATES);
  return {
    changeId: fill.id(),
    reconciliation: fill.text(),
    state,
    from: 3,
    to: 4,
    active: 3,
    author: { personId: fill.id(), name: fill.text() },
    reason: fill.text(),
    proposedAt: fill.instant(),
    expiresAt: fill.instant(),
    sha256: 'a'.repeat(64),
    decided: state === 'pending' ? undefined : { byName: fill.maybe(), at: fill.instant() },
    note: fill.maybe(),
    approvals: SEATS.filter(() => fill.yes()).map((seat) => ({
      seat,
      personId: fill.id(),
      name: fill.text(),
      at: fill.instant(),
      note: fill.maybe(),
    })),
    holders: {
      data_owner: fill.many(20, fill.text),
      ops_lead: fill.many(20, fill.text),
      governance: fill.many(20, fill.text),
    },
    difference: {
      sentences: fill.many(12, () => ({
        title: fill.text(),
        gone: fill.many(12, fill.text),
        come: fill.many(12, fill.text),
      })),
      places: fill.many(60, () => ({ path: fill.text(), before: fill.orNull(), after: fill.orNull() })),
    },
  };
}

export const RULES: Readonly<Record<string, Render>> = {
  'rule-change#renderRuleChange': (fill, reader) => renderRuleChange(ruleChangeIn(fill), reader),
  'rule-change#renderRuleOver': (fill, reader) => renderRuleOver(ruleChangeIn(fill), reader),
  'rule-change#ruleChangeDetails': (fill, reader) => ruleChangeDetails(ruleChangeIn(fill), reader),
  'rule-change#ruleApproveModal': (fill, reader) =>
    ruleApproveModal(ruleChangeIn(fill), { roles: [fill.pick(ROLES), fill.pick(ROLES)], reader }),
  'rule-change#ruleRejectModal': (fill, reader) => ruleRejectModal(ruleChangeIn(fill), reader),
  'rule-change#pendingChangeLine': (fill, reader) => {
    const line = pendingChangeLine(ruleChangeIn(fill), richly(reader));
    return { text: line, blocks: [section(line)] };
  },
};
