import { cutoffDay } from '../../core/cutoff.ts';
import type { Organisation, ResolutionCode } from '../../core/organisation.ts';
import type { Details } from '../../pipeline/act/details.ts';
import { resolve } from '../../pipeline/act/resolve.ts';
import type { ResolveTerms } from '../../pipeline/act/resolve-booking.ts';
import { resolveModal } from '../views/resolve-modal.ts';
import type { ListenerContext } from './context.ts';
import { openModal } from './open-modal.ts';
import { onPress, type Press, type Words } from './press.ts';
import { onSubmission } from './submission.ts';

/** Resolve: opens the form. */
export const onResolve = (context: ListenerContext) =>
  onPress(context, (press) => openResolve(context, press));

/** Opens the form of a resolution, with these codes only. */
export const openResolve = (
  context: ListenerContext,
  press: Press,
  isOffered: (code: ResolutionCode) => boolean = () => true,
): Promise<Words> =>
  openModal(context, press, {
    action: 'resolve',
    render: (details) => {
      const { resolutionCodes, money, zone } = context.organisation;
      const codes = resolutionCodes.filter(isOffered);
      const { key, roles = [] } = press.read?.facts?.person ?? {};
      const currentPeriod = cutoffDay(new Date(), zone).slice(0, 7);
      const period = periodOf(details) ?? currentPeriod;
      const { reader } = press;
      const person = { key, roles };
      return resolveModal(details.facts, { codes, money, person, period, currentPeriod, reader });
    },
  });

/** The month of its latest document. */
const periodOf = ({ members }: Details): string | undefined =>
  members
    .map(({ occurredOn }) => occurredOn.slice(0, 7))
    .sort()
    .at(-1);

/** The resolve form, sent. */
export const onResolveSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) => {
    const entered = {
      code: entry('code') ?? '',
      note: entry('note') ?? '',
      amount: entry('amount'),
      evidence: entry('evidence'),
      period: entry('period'),
      reason: entry('reason'),
    };
    return resolve(context.sql, { ...input, ...entered }, termsOf(context.organisation));
  });

const termsOf = ({ resolutionCodes: codes, money, zone }: Organisation): ResolveTerms => ({
  codes,
  money,
  zone,
});
