import { html } from 'hono/html';
import type { Alone, Candidate, Explanation } from '../../core/explanation.ts';
import type { Writer } from '../../slack/views/instants.ts';
import {
  documentWords,
  keptApartWords,
  nearbyLines,
  pairedWords,
  unkeyedLines,
  waterfallWords,
  whyNotWords,
} from '../../slack/views/why.ts';
import { type Html, NOTHING, said, spoken } from './say.ts';

/** Why the records of an exception are paired or not, and what came close, in the sentences that Slack has. */
export function whyParts(explanation: Explanation, writer: Writer): Html {
  const { why } = writer.words;
  if (explanation.areRepeats) return html`<p>${spoken(why.repeats)}</p>`;
  return html`${paired(explanation, writer)}
    ${explanation.alone.map((alone) => aloneParts(alone, explanation, writer))}
    ${keptApart(explanation, writer)}`;
}

function paired({ paired: pair }: Explanation, writer: Writer): Html {
  if (!pair) return NOTHING;
  return html`<p>${spoken(pairedWords(pair, writer))}</p>
    ${pair.byHand?.note === undefined ? NOTHING : html`<p class="soft">${said(pair.byHand.note)}</p>`}
    ${pair.weighing ? waterfall(waterfallWords(pair.weighing, writer)) : NOTHING}`;
}

function aloneParts(alone: Alone, explanation: Explanation, writer: Writer): Html {
  const { document, candidates, keys } = alone;
  const near = candidates.length === 0 ? nearbyLines(alone, explanation, writer) : [];
  return html`<p>${spoken(writer.words.why.alone(documentWords(document, writer)))}</p>
    ${[...unkeyedLines(keys ?? [], writer), ...near].map((line) => html`<p class="soft">${spoken(line)}</p>`)}
    ${candidates.map((candidate) => candidateParts(candidate, writer))}`;
}

const candidateParts = (candidate: Candidate, writer: Writer): Html =>
  html`<p><b>${said(candidate.document.feed)} ${spoken(documentWords(candidate.document, writer))}</b>: ${spoken(whyNotWords(candidate, writer))}</p>
    ${waterfall(waterfallWords(candidate.weighing, writer))}`;

const waterfall = (rows: readonly (readonly [string, string])[]): Html =>
  html`<table><tbody>${rows.map(([label, bits]) => html`<tr><td>${spoken(label)}</td><td class="n">${bits}</td></tr>`)}</tbody></table>`;

function keptApart({ keptApart: apart }: Explanation, writer: Writer): Html {
  if (apart.length === 0) return NOTHING;
  return html`<p>${spoken(writer.words.why.keptApart)}</p>
    ${apart.map((one) => html`<p class="soft">${spoken(keptApartWords(one, writer))}</p>`)}`;
}
