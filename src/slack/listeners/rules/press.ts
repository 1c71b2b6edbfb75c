import type { Refusal } from '../../../core/refusal.ts';
import type { RuleChangeFacts } from '../../../core/rule-change.ts';
import { readRuleChanges } from '../../../db/rules/change-facts.sql.ts';
import { inWorkspace, type Tx } from '../../../db/tx.ts';
import { whyNotApprove, whyNotEnd } from '../../../pipeline/act/decide-rule-change.ts';
import { standingOf } from '../../../pipeline/act/standing-of.sql.ts';
import type { View } from '../../views/blocks.ts';
import { ruleApproveModal, ruleChangeDetails, ruleRejectModal } from '../../views/rule-change.ts';
import type { ListenerContext } from '../context.ts';
import { openWhenRead, type Prepared } from '../open-modal.ts';
import { onPress, type Press } from '../press.ts';
import { refusedWords } from '../refused.ts';

type Look = {
  readonly name: string;
  readonly whyNot?: (tx: Tx, about: About, at: { now: Date }) => Promise<Refusal | undefined>;
  readonly view: (tx: Tx, about: About, facts: RuleChangeFacts) => Promise<View> | View;
};
type About = Pick<Press, 'workspaceId' | 'personId' | 'reader'> & { readonly changeId: string };

/** A button about the change of a rule: the view it opens, or words why this person cannot use it. */
const opens = (look: Look) => (context: ListenerContext) =>
  onPress(context, (press) =>
    openWhenRead(context, press, { name: look.name, prepared: prepare(context, press, look) }),
  );

async function prepare(context: ListenerContext, press: Press, { whyNot, view }: Look): Promise<Prepared> {
  const { sql, workspaceId } = context;
  const { exceptionId: changeId, reader, personId } = press;
  const about = { workspaceId, personId, changeId, reader };
  const read = async (tx: Tx): Promise<Refusal | { readonly view: View }> => {
    const refusal = await whyNot?.(tx, about, { now: new Date() });
    if (refusal) return refusal;
    const [facts] = await readRuleChanges(tx, { workspaceId, changeId });
    return facts ? { view: await view(tx, about, facts) } : { code: 'rule_change_unknown' };
  };
  const found = await inWorkspace(sql, workspaceId, read, { repeatable: true });
  if ('view' in found) return { ok: true, view: found.view };
  if (found.code === 'not_permitted') {
    const { teamId: slackTeamId } = context;
    const slackUserId = press.place.userId;
    context.noteDenied({ why: found.code, slackUserId, slackTeamId, wanted: found.action });
  }
  return { ok: false, words: refusedWords(context, found, { reader, changeId }) };
}

/** Approve: the form with what changes and the seats that the person can take. */
export const onApproveRule = opens({
  name: 'rule.approve',
  whyNot: whyNotApprove,
  view: async (tx, { workspaceId, personId, reader }, facts) => {
    const person = await standingOf(tx, { workspaceId, personId });
    return ruleApproveModal(facts, { roles: person?.roles ?? [], reader });
  },
});

/** Reject: the form that asks why. */
export const onRejectRule = opens({
  name: 'rule.reject',
  whyNot: whyNotEnd,
  view: (_, { reader }, facts) => ruleRejectModal(facts, reader),
});

/** Details: everything that would change. */
export const onRuleDetails = opens({
  name: 'rule.details',
  view: (_, { reader }, facts) => ruleChangeDetails(facts, reader),
});
