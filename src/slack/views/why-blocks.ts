import type { Alone, Candidate, Explanation, KeptApart, Weighing } from '../../core/explanation.ts';
import { type Block, context, LIMITS, section } from './blocks.ts';
import { cutEscaped, inert } from './escape.ts';
import type { Writer } from './instants.ts';
import type { Reader } from './reader.ts';
import {
  documentWords,
  keptApartWords,
  likelyWords,
  nearbyLines,
  pairedWords,
  unkeyedLines,
  waterfallWords,
  whyNotWords,
} from './why.ts';

/** Why the documents of an exception are matched or not, what came closest, and what it would take. */
export function whyBlocks(explanation: Explanation, writer: Writer): Block[] {
  const { paired, areRepeats, alone, keptApart } = explanation;
  const { why } = writer.words;
  const hasBits = paired?.weighing !== undefined || alone.some(({ candidates }) => candidates.length > 0);
  const blocks = areRepeats
    ? [section(why.repeats)]
    : [
        ...(paired ? pairedBlocks(paired, writer) : []),
        ...alone.flatMap((one) => aloneBlocks(one, explanation, writer)),
        ...(hasBits ? [context(why.bits)] : []),
      ];
  blocks.push(...keptApartBlocks(keptApart, writer));
  return blocks.length === 0 ? [] : [section(`*${why.title}*`), ...blocks];
}

const fitting = (lines: readonly string[]): Block => section(cutEscaped(lines.join('\n'), LIMITS.section));
const bullet = (text: string): string => `• ${text}`;

function pairedBlocks(paired: NonNullable<Explanation['paired']>, writer: Writer): Block[] {
  const { why, history } = writer.words;
  const note = paired.byHand?.note;
  return [
    fitting([
      `*${why.paired}*`,
      pairedWords(paired, writer),
      ...(note === undefined ? [] : [history.quoted(inert(note, 1_000))]),
    ]),
    ...(paired.weighing ? [waterfall(paired.weighing, writer)] : []),
  ];
}

function aloneBlocks(alone: Alone, explanation: Explanation, writer: Writer): Block[] {
  const { document, candidates, keys } = alone;
  const near = candidates.length === 0 ? nearbyLines(alone, explanation, writer) : [];
  return [
    fitting([
      `*${writer.words.why.alone(documentWords(document, writer))}*`,
      ...[...unkeyedLines(keys ?? [], writer), ...near].map(bullet),
    ]),
    ...candidates.flatMap((candidate) => candidateBlocks(candidate, writer)),
  ];
}

const candidateBlocks = (candidate: Candidate, writer: Writer): Block[] => [
  fitting([
    `*${documentWords(candidate.document, writer)}* · ${likelyWords(candidate.weighing, writer)}`,
    whyNotWords(candidate, writer),
  ]),
  waterfall(candidate.weighing, writer),
];

/** What the weight is made of, in one line. */
const waterfall = (weighing: Weighing, reader: Reader): Block =>
  context(
    cutEscaped(
      waterfallWords(weighing, reader)
        .map(([label, bits]) => `${label} ${bits}`)
        .join(' · '),
      1_500,
    ),
  );

function keptApartBlocks(keptApart: readonly KeptApart[], writer: Writer): Block[] {
  if (keptApart.length === 0) return [];
  const lines = keptApart.map((one) => bullet(keptApartWords(one, writer)));
  return [fitting([`*${writer.words.why.keptApart}*`, ...lines])];
}
