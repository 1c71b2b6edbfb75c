import type { Explained } from '../../core/similar-pass.ts';
import type { Decide } from '../../core/spec.ts';

/**
 * What a match or a rejected candidate keeps of its explanation: bits to a thousandth, which is what people read. The
 * weight is the sum of what is kept, so that it adds up as it is shown. Put together as text: as an object first, it would be
 * made twice for each of a hundred thousand.
 */
export function explainedJson(
  { prior, probability, margin, parts, blocked }: Explained,
  { auto }: Decide,
): string {
  const before = Math.round(prior * 1000);
  let sum = before;
  let lines = '';
  for (const { field, label, bits } of parts) {
    const kept = Math.round(bits * 1000);
    sum += kept;
    const line = `{"field":${JSON.stringify(field)},"label":${JSON.stringify(label)},"bits":${thousandths(kept)}}`;
    lines += lines === '' ? line : `,${line}`;
  }
  const needed = `{"probability":${auto.probabilityPpm / 1_000_000},"margin":${auto.marginBits}}`;
  const end = blocked === undefined ? '' : `,"blocked":${JSON.stringify(blocked)}`;
  return (
    `{"prior":${thousandths(before)},"weight":${thousandths(sum)},"probability":${Number(probability.toPrecision(6))}` +
    `,"margin":${thousandths(Math.round(margin * 1000))},"needed":${needed},"parts":[${lines}]${end}}`
  );
}

/** Like JSON, which knows no number below zero that is none: `-0` is `0` in both. */
const thousandths = (number: number): string => String(number / 1000);
