import { answers } from './en/answers.ts';
import { attempts } from './en/attempts.ts';
import { card } from './en/card.ts';
import { codes } from './en/codes.ts';
import { delivery } from './en/delivery.ts';
import { details } from './en/details.ts';
import { digest } from './en/digest.ts';
import { entry } from './en/entry.ts';
import { flood } from './en/flood.ts';
import { history } from './en/history.ts';
import { hold } from './en/hold.ts';
import { home } from './en/home.ts';
import { intake } from './en/intake.ts';
import { link } from './en/link.ts';
import { modal } from './en/modal.ts';
import { note } from './en/note.ts';
import { notice } from './en/notice.ts';
import { operations } from './en/operations.ts';
import { owner } from './en/owner.ts';
import { pair } from './en/pair.ts';
import { press } from './en/press.ts';
import { proposal } from './en/proposal.ts';
import { recon } from './en/recon.ts';
import { refusals } from './en/refusals.ts';
import { rule } from './en/rule.ts';
import { status } from './en/status.ts';
import { triage } from './en/triage.ts';
import { types } from './en/types.ts';
import { why } from './en/why.ts';
import { work } from './en/work.ts';

/** English is what the other languages are held to: the same entries, checked by the compiler. */
export const en = {
  codes,
  entry,
  flood,
  notice,
  answers,
  attempts,
  card,
  delivery,
  details,
  digest,
  history,
  hold,
  home,
  intake,
  link,
  modal,
  note,
  operations,
  owner,
  pair,
  press,
  proposal,
  recon,
  refusals,
  rule,
  status,
  triage,
  types,
  why,
  work,
};
