import { html } from 'hono/html';
import type { CardFacts, Finding, HistoryLine, MemberLine } from '../../core/card.ts';
import { holdLabel } from '../../core/hold.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { isKnownType, TYPE_WORDS, typeTitle } from '../../core/words.ts';
import type { ExceptionInFull } from '../../pipeline/report/exception-in-full.ts';
import { attemptLines } from '../../slack/views/attempts.ts';
import { plainDay, type Writer } from '../../slack/views/instants.ts';
import { dueWords, historyWords, statusLine } from '../../slack/views/words.ts';
import { orderLink } from './exception-list.ts';
import { page } from './layout.ts';
import { counted, type Html, NOTHING, said, spoken, sum } from './say.ts';
import { whyParts } from './why.ts';

export type ExceptionShown = {
  readonly full: ExceptionInFull;
  readonly amountTag: string | undefined;
  readonly workspace: string;
  readonly now: Date;
  readonly isSignedIn: boolean;
  readonly writer: Writer;
};

/** More than these of one exception are counted, not listed. */
const MOST_MEMBERS = 100;
const MOST_LINES = 200;
const MOST_ATTEMPTS = 20;

/** Everything on the record about one exception. Deciding is done in Slack, where a person is known. */
export function exceptionPage({ full, amountTag, workspace, now, isSignedIn, writer }: ExceptionShown): Html {
  const { facts, members, explanation, history } = full;
  const label = exceptionLabel(facts.number);
  return page({
    title: label,
    workspace,
    asOf: { at: writer.instant(now), zone: writer.zone },
    isSignedIn,
    body: html`<h1>${label} · ${said(typeTitle(facts.type))}</h1>
      <section>${whatItIs(facts, amountTag, writer)}</section>
      ${facts.findings.length === 0 ? NOTHING : html`<section><h2>What differs</h2>${findings(facts.findings)}</section>`}
      <section class="why"><h2>Why</h2>${whyParts(explanation, writer)}</section>
      <section><h2>Documents</h2>${documents(members, amountTag, writer)}</section>
      ${attempts(facts, writer)}
      <section><h2>History</h2>${trail(history, writer, amountTag)}</section>
      <p class="soft">Claim, resolve and escalate it in Slack: <code>/recon show ${label}</code></p>`,
  });
}

const row = (name: string, value: Html | string | undefined): Html =>
  value === undefined ? NOTHING : html`<dt>${name}</dt><dd>${value}</dd>`;

function whatItIs(facts: CardFacts, amountTag: string | undefined, writer: Writer): Html {
  const { expected, actual, hold, routedBy } = facts;
  return html`<dl>
    ${row('status', spoken(statusLine(facts, writer)))}
    ${row('team', said(facts.team.name))}
    ${row('routed by', routedBy && `${said(routedBy.source)} (${said(routedBy.when ?? 'everything else')})`)}
    ${row('due', facts.closedAt === undefined ? spoken(dueWords(facts, writer)) : undefined)}
    ${row('client', facts.client === undefined ? undefined : said(facts.client))}
    ${row('order', facts.orderRef === undefined ? undefined : orderLink(facts.orderRef))}
    ${row('expected', expected && sum(expected, amountTag))}
    ${row('actual', actual && sum(actual, amountTag))}
    ${row('at stake', sum(facts.atStake, amountTag))}
    ${row('held', hold && `${holdLabel(hold.number)} ${hold.amount === undefined ? 'everything' : sum(hold.amount, amountTag)}, since ${writer.instant(hold.placedAt)}`)}
    ${row('reconciliation', said(facts.reconciliation))}
    ${row('reason', said(facts.reason))}
    ${row('what to do', isKnownType(facts.type) ? TYPE_WORDS[facts.type].suggestion : undefined)}
  </dl>`;
}

const findings = (found: readonly Finding[]): Html => html`<table>
  <thead><tr><th>field</th><th>expected</th><th>actual</th></tr></thead>
  <tbody>${found.map(({ field, expected, actual }) => html`<tr><th>${said(field.replaceAll('_', ' '))}</th><td>${said(expected ?? 'nothing')}</td><td>${said(actual ?? 'nothing')}</td></tr>`)}</tbody>
</table>`;

function documents(members: readonly MemberLine[], amountTag: string | undefined, writer: Writer): Html {
  if (members.length === 0) return html`<p class="soft">It has no documents any more.</p>`;
  const more = members.length - MOST_MEMBERS;
  return html`<table>
    <thead><tr><th>side</th><th>feed</th><th>document</th><th class="n">amount</th><th>day</th><th>from</th></tr></thead>
    <tbody>${members.slice(0, MOST_MEMBERS).map((member) => documentRow(member, amountTag, writer))}</tbody>
  </table>${more > 0 ? html`<p class="soft">and ${counted(more, 'more document')}</p>` : NOTHING}`;
}

const documentRow = (member: MemberLine, amountTag: string | undefined, writer: Writer): Html => html`<tr>
  <td>${member.side}</td>
  <td>${said(member.feed)}</td>
  <td>${said(member.sourceRef)}</td>
  <td class="n">${member.amount === undefined ? '' : sum(member.amount, amountTag)}</td>
  <td class="nowrap">${plainDay(member.occurredOn, writer)}</td>
  <td class="soft">${said(member.delivery)}:${String(member.line)}</td>
</tr>`;

function attempts({ attempts: made = [] }: CardFacts, writer: Writer): Html {
  if (made.length === 0) return NOTHING;
  const lines = attemptLines(made, writer, MOST_ATTEMPTS);
  return html`<section><h2>${spoken(writer.words.attempts.label)}</h2><ol class="trail">${lines.map((line) => html`<li>${spoken(line)}</li>`)}</ol></section>`;
}

function trail(history: readonly HistoryLine[], writer: Writer, amountTag: string | undefined): Html {
  const more = history.length - MOST_LINES;
  return html`${more > 0 ? html`<p class="soft">The latest ${String(MOST_LINES)} of ${counted(history.length, 'line')}.</p>` : NOTHING}
    <ol class="trail">${history.slice(-MOST_LINES).map((line) => html`<li>${spoken(historyWords(withoutLink(line), writer, amountTag))}</li>`)}</ol>`;
}

/** Slack writes a link with signs of its own; where evidence lies is told as text. */
const withoutLink = ({ link, ...line }: HistoryLine): HistoryLine =>
  link === undefined
    ? { ...line, link }
    : { ...line, link: undefined, note: [line.note, link].filter(Boolean).join(' ') };
