import { reasonsFor } from '../../core/adjust.ts';
import { type Hold, holdLabel } from '../../core/hold.ts';
import type { ReasonCode } from '../../core/organisation.ts';
import { RELEASE_REASONS, releaseReasons } from '../../core/proposal.ts';
import { input, LIMITS, plainText, section, type View } from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { holdRowWords } from './hold-words.ts';
import { richly } from './instants.ts';
import { modalOf, select } from './modal-parts.ts';
import { tellModal } from './modals.ts';
import type { Reader } from './reader.ts';

/** The form that asks for a payment to be let go: why, what was agreed, and what shows it. */
export function releaseModal(
  hold: Hold,
  { reasonCodes, reader }: { reasonCodes: readonly ReasonCode[]; reader: Reader },
): View {
  const { release, reasons } = reader.words.proposal;
  const own = reasonsFor(reasonCodes, 'hold_release');
  const label = ({ code, label: text }: ReasonCode): string =>
    RELEASE_REASONS.flatMap((known) => (own.length === 0 && known === code ? [reasons[known]] : []))[0] ??
    text;
  const options = releaseReasons(own)
    .filter(({ code }) => code.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
    .map((one) => ({ label: plain(label(one), 75), value: one.code }));
  return modalOf(reader, {
    callbackId: 'hold_release',
    title: release.title(holdLabel(hold.number)),
    submit: release.submit,
    metadata: JSON.stringify({ v: 1, id: hold.holdId, version: hold.version }),
    blocks: [
      section(cutEscaped(holdRowWords(hold, richly(reader)), LIMITS.section)),
      section(release.text),
      input('reason', release.reason, { element: select(release.chooseReason, options) }),
      input('note', release.note, {
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
        hint: release.noteHint,
      }),
      input('evidence', release.evidence, {
        optional: true,
        element: { type: 'url_text_input', placeholder: plainText('https://…') },
        hint: release.evidenceHint,
      }),
    ],
  });
}

/** What takes the place of the form once somebody else is asked. */
export function releaseAskedModal(
  asked: { readonly label: string; readonly until: Date },
  reader: Reader,
): View {
  const { release } = reader.words.proposal;
  const until = richly(reader).instant(asked.until);
  return tellModal(reader, {
    title: release.askedTitle,
    words: release.asked({ label: inert(asked.label, 40), until }),
  });
}
