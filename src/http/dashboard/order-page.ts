import { html } from 'hono/html';
import { exceptionLabel } from '../../core/ids.ts';
import { typeTitle } from '../../core/words.ts';
import type { OrderException, OrderReport } from '../../pipeline/report/order.ts';
import type { OrderRecord } from '../../pipeline/report/order-records.sql.ts';
import { plainDay, type Writer } from '../../slack/views/instants.ts';
import { historyWords, statusLine } from '../../slack/views/words.ts';
import { page } from './layout.ts';
import { type Html, said, spoken, sum } from './say.ts';

export type OrderShown = {
  readonly report: OrderReport;
  readonly workspace: string;
  readonly now: Date;
  readonly isSignedIn: boolean;
  readonly writer: Writer;
};

const MOST_RECORDS = 200;

/** An order with its documents, what they are matched as, and its exceptions with their history. */
export const orderPage = ({ report, workspace, now, isSignedIn, writer }: OrderShown): Html =>
  page({
    title: `Order ${said(report.orderRef)}`,
    workspace,
    asOf: { at: writer.instant(now), zone: writer.zone },
    isSignedIn,
    body: html`<h1>Order ${said(report.orderRef)}</h1>
      <section><h2>Documents</h2>${documents(report.records, writer)}</section>
      <section><h2>Exceptions</h2>${exceptions(report.exceptions, writer)}</section>`,
  });

function documents(records: readonly OrderRecord[], writer: Writer): Html {
  if (records.length === 0) return html`<p class="soft">No document carries this reference.</p>`;
  const more = records.length - MOST_RECORDS;
  return html`<table>
    <thead><tr><th>feed</th><th>document</th><th class="n">amount</th><th>day</th><th>matched as</th><th>from</th></tr></thead>
    <tbody>${records.slice(0, MOST_RECORDS).map((record) => documentRow(record, writer))}</tbody>
  </table>${more > 0 ? html`<p class="soft">and ${String(more)} more</p>` : ''}`;
}

const documentRow = (record: OrderRecord, writer: Writer): Html => html`<tr>
  <td>${said(record.feed)}</td>
  <td>${said(record.sourceRef)}</td>
  <td class="n">${record.amountMinor === null || record.currency === null ? '' : sum({ minor: record.amountMinor, currency: record.currency })}</td>
  <td class="nowrap">${plainDay(record.occurredOn, writer)}</td>
  <td>${placeWords(record)}</td>
  <td class="soft">${said(record.delivery)}:${String(record.line)}</td>
</tr>`;

function placeWords({ match, isRemoved }: OrderRecord): Html {
  if (isRemoved) return html`taken back`;
  if (match === null) return html`<span class="soft">nothing</span>`;
  return html`${said([match.outcome.replaceAll('_', ' '), match.reason].filter(Boolean).join(' '))} <span class="soft">by ${said(match.pass)}</span>`;
}

function exceptions(found: readonly OrderException[], writer: Writer): Html {
  if (found.length === 0) return html`<p class="soft">There is none: nobody needs to do anything.</p>`;
  return html`${found.map((one) => exceptionParts(one, writer))}`;
}

const exceptionParts = ({ facts, history }: OrderException, writer: Writer): Html => html`
  <p><a href="/exceptions/${exceptionLabel(facts.number)}">${exceptionLabel(facts.number)}</a> ${said(typeTitle(facts.type))}, ${sum(facts.atStake)} at stake, ${said(facts.team.name)}: ${spoken(statusLine(facts, writer))}</p>
  <ol class="trail">${history.map((line) => html`<li>${spoken(historyWords({ ...line, link: undefined }, writer))}</li>`)}</ol>`;
