import { BESIDES, type Besides, TRIAGE_DECISIONS, TRIAGE_OUTCOMES } from '../../src/core/triage.ts';
import { renderAgenda, type ShownAgenda } from '../../src/slack/views/triage.ts';
import { assignModal, ruleChangeModal } from '../../src/slack/views/triage-forms.ts';
import { factsIn } from './hostile-facts.ts';
import type { Fill } from './hostile-fill.ts';
import type { Render } from './hostile-surfaces.ts';
import { candidatesIn } from './hostile-surfaces-forms.ts';

const agendaIn = (fill: Fill): ShownAgenda => ({
  meetingId: fill.id(),
  meetsAt: fill.instant(),
  page: 1 + fill.whole(2),
  pages: 2,
  count: fill.whole(24),
  undecided: fill.whole(2),
  leftOver: fill.whole(40),
  atStake: fill.many(4, () => fill.money()),
  items: fill.many(12, () => ({
    facts: factsIn(fill),
    item: {
      exceptionId: fill.id(),
      proposed: fill.pick(TRIAGE_DECISIONS),
      besides: Object.fromEntries(BESIDES.map((kind) => [kind, fill.whole(4)])) as Besides,
      decided: fill.yes()
        ? {
            outcome: fill.pick(TRIAGE_OUTCOMES),
            at: fill.instant(),
            byName: fill.maybe(),
            assignedTo: fill.maybe(),
            note: fill.maybe(),
            resolutionCode: fill.maybe(),
          }
        : undefined,
    },
  })),
});

/** The triage meeting: its agenda and its forms. */
export const TRIAGE: Readonly<Record<string, Render>> = {
  'triage#renderAgenda': (fill, reader) => renderAgenda(agendaIn(fill), reader),
  'triage-forms#assignModal': (fill, reader) =>
    assignModal(factsIn(fill), { candidates: candidatesIn(fill), reader }),
  'triage-forms#ruleChangeModal': (fill, reader) => ruleChangeModal(factsIn(fill), reader),
};
