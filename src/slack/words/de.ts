import type { Catalogue } from './catalogue.ts';
import { answers } from './de/answers.ts';
import { attempts } from './de/attempts.ts';
import { card } from './de/card.ts';
import { codes } from './de/codes.ts';
import { delivery } from './de/delivery.ts';
import { details } from './de/details.ts';
import { digest } from './de/digest.ts';
import { entry } from './de/entry.ts';
import { flood } from './de/flood.ts';
import { history } from './de/history.ts';
import { hold } from './de/hold.ts';
import { home } from './de/home.ts';
import { intake } from './de/intake.ts';
import { link } from './de/link.ts';
import { modal } from './de/modal.ts';
import { note } from './de/note.ts';
import { notice } from './de/notice.ts';
import { operations } from './de/operations.ts';
import { owner } from './de/owner.ts';
import { pair } from './de/pair.ts';
import { press } from './de/press.ts';
import { proposal } from './de/proposal.ts';
import { recon } from './de/recon.ts';
import { refusals } from './de/refusals.ts';
import { rule } from './de/rule.ts';
import { status } from './de/status.ts';
import { triage } from './de/triage.ts';
import { types } from './de/types.ts';
import { why } from './de/why.ts';
import { work } from './de/work.ts';

export const de: Catalogue = {
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
