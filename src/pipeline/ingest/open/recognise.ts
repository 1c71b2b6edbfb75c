import { isUtf8 } from 'node:buffer';
import { constants, gunzipSync } from 'node:zlib';
import type { FeedContract } from '../../../core/contract.ts';
import { UTF_16 } from '../../../core/encoding.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import { wantedColumns } from '../../../core/row.ts';
import type { DeliveryProblem } from '../problem.ts';
import { commonDelimiter } from './delimiter.ts';
import { sniff } from './sniff.ts';

/** How a delivery's bytes become rows; found by its first bytes and the contract. */
export type Manner = {
  readonly isGzip: boolean;
  /** By its standard name. */
  readonly encoding: string;
  /** With the delimiter that the file uses, where the contract leaves it open. */
  readonly contract: FeedContract;
  /** What was found and not declared, to be told. */
  readonly notes: readonly string[];
};

/**
 * Recognises gzip by its first bytes; an encoding by the contract, else by a byte order mark, else it is UTF-8 or refused later; a
 * delimiter that is to be detected as the one by which the header has every column of the contract.
 */
export function recognise(
  {
    head,
    bytes,
    isUtf8: isText = false,
  }: { readonly head: Buffer; readonly bytes: bigint; readonly isUtf8?: boolean },
  contract: FeedContract,
): Result<Manner, DeliveryProblem> {
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const unpacked = isGzip ? unpack(head) : head;
  if (unpacked === undefined) {
    return refuse({
      code: 'file_broken',
      detail: 'the gzip file is damaged; pack and deliver it again',
    });
  }
  const isWhole = BigInt(head.length) >= bytes;
  const problem = sniff(unpacked, { isWhole, isDeclared: contract.encoding !== undefined && !isText });
  if (problem) return refuse(problem);
  const encoding = isText ? accept({ name: 'utf-8', notes: [] }) : encodingOf(unpacked, contract);
  if (!encoding.ok) return encoding;
  const manner = { isGzip, encoding: encoding.value.name, contract, notes: encoding.value.notes };
  if (contract.delimiter !== 'detect' || contract.format !== 'csv') return accept(manner);
  return withDelimiter(manner, unpacked);
}

/** What the first bytes unpack to; undefined when they are no gzip. Ends where they end, in the middle of the stream. */
function unpack(head: Buffer): Buffer | undefined {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

const MARKS = [
  { name: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { name: 'utf-16le', bytes: [0xff, 0xfe] },
  { name: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

function encodingOf(
  head: Buffer,
  { encoding, feed }: FeedContract,
): Result<{ name: string; notes: readonly string[] }, DeliveryProblem> {
  const mark = MARKS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (mark === undefined) {
    return accept({ name: encoding === UTF_16 ? 'utf-16le' : (encoding ?? 'utf-8'), notes: [] });
  }
  const isMeant =
    encoding === undefined || encoding === mark.name || (encoding === UTF_16 && mark.name !== 'utf-8');
  if (!isMeant) {
    const detail = `the file says by its byte order mark that it is ${mark.name}, and the contract of ${feed} declares ${encoding}; correct one of them`;
    return refuse({ code: 'encoding_wrong', detail });
  }
  const isTold = encoding === undefined && mark.name !== 'utf-8';
  return accept({
    name: mark.name,
    notes: isTold ? [`read as ${mark.name}, as its byte order mark says`] : [],
  });
}

function withDelimiter(manner: Manner, head: Buffer): Result<Manner, DeliveryProblem> {
  const { contract, encoding } = manner;
  const text = decoded(head, encoding);
  const wanted = wantedColumns(contract);
  const found = commonDelimiter(text, wanted);
  if (!found.ok) return refuse({ code: 'delimiter_unclear', detail: found.refusal });
  const notes = [
    ...manner.notes,
    `read with ${JSON.stringify(found.value)} between columns, as its header has it`,
  ];
  return accept({ ...manner, contract: { ...contract, delimiter: found.value }, notes });
}

const decoded = (head: Buffer, encoding: string): string =>
  (isUtf8(head) || encoding === 'utf-8'
    ? head.toString('utf8')
    : new TextDecoder(encoding).decode(head)
  ).replace(/^\uFEFF/, '');

/** The first line that has anything in it. */
export function headingOf({ head }: { readonly head: Buffer }, { isGzip, encoding }: Manner): string {
  const text = decoded((isGzip ? unpack(head) : head) ?? head, encoding);
  return text.split(/\r\n|\n|\r/).find((line) => line !== '') ?? '';
}
