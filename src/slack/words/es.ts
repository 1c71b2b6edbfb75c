import type { Catalogue } from './catalogue.ts';
import { answers } from './es/answers.ts';
import { attempts } from './es/attempts.ts';
import { card } from './es/card.ts';
import { codes } from './es/codes.ts';
import { delivery } from './es/delivery.ts';
import { details } from './es/details.ts';
import { digest } from './es/digest.ts';
import { entry } from './es/entry.ts';
import { flood } from './es/flood.ts';
import { history } from './es/history.ts';
import { hold } from './es/hold.ts';
import { home } from './es/home.ts';
import { intake } from './es/intake.ts';
import { link } from './es/link.ts';
import { modal } from './es/modal.ts';
import { note } from './es/note.ts';
import { notice } from './es/notice.ts';
import { operations } from './es/operations.ts';
import { owner } from './es/owner.ts';
import { pair } from './es/pair.ts';
import { press } from './es/press.ts';
import { proposal } from './es/proposal.ts';
import { recon } from './es/recon.ts';
import { refusals } from './es/refusals.ts';
import { rule } from './es/rule.ts';
import { status } from './es/status.ts';
import { triage } from './es/triage.ts';
import { types } from './es/types.ts';
import { why } from './es/why.ts';
import { work } from './es/work.ts';

export const es: Catalogue = {
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
