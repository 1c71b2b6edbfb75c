import { assign } from '../../pipeline/act/assign.ts';
import { readColleagues } from '../../pipeline/act/hand-over.ts';
import { proposeRule } from '../../pipeline/act/propose-rule.ts';
import { assignModal, ruleChangeModal } from '../views/triage-forms.ts';
import type { ListenerContext } from './context.ts';
import { openModal } from './open-modal.ts';
import { onPress } from './press.ts';
import { openResolve } from './resolve.ts';
import { onSubmission } from './submission.ts';

/** Assign, on an agenda: opens the form. */
export const onAssign = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'assign',
      render: async ({ facts }) => {
        const candidates = await readColleagues(context.sql, press);
        return assignModal(facts, { candidates, reader: press.reader });
      },
    }),
  );

/** The form that assigns, sent. */
export const onAssignSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) =>
    assign(context.sql, { ...input, person: entry('person') ?? '', note: entry('note') ?? '' }),
  );

/** Rule change, on an agenda: opens the form. */
export const onRuleChange = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'rule_change',
      render: ({ facts }) => ruleChangeModal(facts, press.reader),
    }),
  );

/** The form that asks for a rule change, sent. */
export const onRuleChangeSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) =>
    proposeRule(context.sql, { ...input, note: entry('note') ?? '' }),
  );

/** Write off, on an agenda: the form of a resolution with the codes that do. The item is decided with the exception. */
export const onTriageWriteOff = (context: ListenerContext) =>
  onPress(context, (press) => openResolve(context, press, ({ books }) => books === 'write_off'));

/** Accept, on an agenda: the form of a resolution with the codes that book nothing. */
export const onTriageAccept = (context: ListenerContext) =>
  onPress(context, (press) => openResolve(context, press, ({ books }) => books === undefined));
