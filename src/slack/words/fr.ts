import type { Catalogue } from './catalogue.ts';
import { answers } from './fr/answers.ts';
import { attempts } from './fr/attempts.ts';
import { card } from './fr/card.ts';
import { codes } from './fr/codes.ts';
import { delivery } from './fr/delivery.ts';
import { details } from './fr/details.ts';
import { digest } from './fr/digest.ts';
import { entry } from './fr/entry.ts';
import { flood } from './fr/flood.ts';
import { history } from './fr/history.ts';
import { hold } from './fr/hold.ts';
import { home } from './fr/home.ts';
import { intake } from './fr/intake.ts';
import { link } from './fr/link.ts';
import { modal } from './fr/modal.ts';
import { note } from './fr/note.ts';
import { notice } from './fr/notice.ts';
import { operations } from './fr/operations.ts';
import { owner } from './fr/owner.ts';
import { pair } from './fr/pair.ts';
import { press } from './fr/press.ts';
import { proposal } from './fr/proposal.ts';
import { recon } from './fr/recon.ts';
import { refusals } from './fr/refusals.ts';
import { rule } from './fr/rule.ts';
import { status } from './fr/status.ts';
import { triage } from './fr/triage.ts';
import { types } from './fr/types.ts';
import { why } from './fr/why.ts';
import { work } from './fr/work.ts';

export const fr: Catalogue = {
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
