import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FeedContract } from '../../../src/core/contract.ts';
import { decoderOf, Undecodable } from '../../../src/pipeline/ingest/open/decode.ts';
import { recognise } from '../../../src/pipeline/ingest/open/recognise.ts';
import { ORDERS } from '../../integration/ingest/setup.ts';

const HEADER = 'order_id;amount;currency;order_date;memo\n';
const recognised = (head: Buffer | string, contract: Partial<FeedContract> = {}, bytes?: number) => {
  const buffer = Buffer.from(head);
  return recognise({ head: buffer, bytes: BigInt(bytes ?? buffer.length) }, { ...ORDERS, ...contract });
};

describe('the manner of a file', () => {
  it('is UTF-8 with the declared delimiter when nothing says otherwise, and tells nothing', () => {
    expect(recognised(HEADER)).toMatchObject({
      ok: true,
      value: { isGzip: false, encoding: 'utf-8', notes: [] },
    });
  });

  it.each([
    [[0xef, 0xbb, 0xbf], 'utf-8', 0],
    [[0xff, 0xfe], 'utf-16le', 1],
    [[0xfe, 0xff], 'utf-16be', 1],
  ])('follows the byte order mark %j, and tells of what nobody declared', (mark, encoding, notes) => {
    const read = recognised(Buffer.from([...mark, 0x61, 0x00]));
    expect(read).toMatchObject({ ok: true, value: { encoding, notes: { length: notes } } });
  });

  it('refuses a byte order mark that the contract contradicts', () => {
    expect(recognised(Buffer.from([0xff, 0xfe, 0x61, 0x00]), { encoding: 'windows-1252' })).toMatchObject({
      ok: false,
      refusal: { code: 'encoding_wrong', detail: expect.stringContaining('utf-16le') },
    });
  });

  it('refuses UTF-16 that neither the file nor the contract speaks of', () => {
    const wide = Buffer.from(HEADER, 'utf16le');
    expect(recognised(wide)).toMatchObject({ ok: false, refusal: { code: 'file_not_utf8' } });
    expect(recognised(wide, { encoding: 'utf-16' })).toMatchObject({
      ok: true,
      value: { encoding: 'utf-16le' },
    });
  });

  it.each([
    [';', HEADER],
    ['\t', HEADER.replaceAll(';', '\t')],
    ['|', `"order_id"|"amount"|"currency"|"order_date"|"memo, free"|"memo"\n`],
  ])('has the delimiter %j by which the header has every column, and tells it', (delimiter, header) => {
    expect(recognised(header, { delimiter: 'detect' })).toMatchObject({
      ok: true,
      value: { contract: { delimiter }, notes: [expect.stringContaining(JSON.stringify(delimiter))] },
    });
  });

  it('has no delimiter when the header fits none, or two', () => {
    expect(recognised('a,b;c\n', { delimiter: 'detect' })).toMatchObject({
      refusal: { code: 'delimiter_unclear' },
    });
    const both = `${HEADER.trim()};x,order_id,amount,currency,order_date,memo\n`;
    expect(recognised(both.replaceAll(';memo', ';memo;"'), { delimiter: 'detect' })).toMatchObject({
      ok: false,
    });
  });

  it('is found inside gzip, of which the first bytes are enough', () => {
    const packed = gzipSync(HEADER + 'x'.repeat(5_000));
    expect(recognised(packed.subarray(0, 60), { delimiter: 'detect' }, packed.length)).toMatchObject({
      ok: true,
      value: { isGzip: true, contract: { delimiter: ';' } },
    });
  });

  it.each([
    [Buffer.from([0x1f, 0x8b, 0x00, 0x01, 0x02]), 'file_broken'],
    [gzipSync(gzipSync(HEADER)), 'file_is_archive'],
    [gzipSync(''), 'file_empty'],
    [Buffer.concat([Buffer.alloc(257), Buffer.from('ustar'), Buffer.alloc(200)]), 'file_is_archive'],
    [Buffer.from('504b0304', 'hex'), 'file_is_archive'],
    [Buffer.from('\uFEFF \n'), 'file_empty'],
  ])('refuses what is no text: %#', (head, code) => {
    expect(recognised(head)).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('decoding', () => {
  const decode = (encoding: string, ...chunks: Buffer[]): string => {
    const decoder = decoderOf(encoding);
    return Buffer.concat([...chunks.map((chunk) => decoder.push(chunk)), decoder.end()]).toString('utf8');
  };

  it('reads every character of windows-1252, the euro too', () => {
    expect(decode('windows-1252', Buffer.from([0x80, 0x20, 0xe9, 0x9f]))).toBe('€ éŸ');
  });

  it('reads characters that chunks cut in two', () => {
    const bytes = Buffer.from('Zoë 😀', 'utf16le');
    expect(decode('utf-16le', bytes.subarray(0, 5), bytes.subarray(5, 11), bytes.subarray(11))).toBe(
      'Zoë 😀',
    );
  });

  it.each([
    ['windows-1252', Buffer.from([0x41, 0x81])],
    ['windows-1252', Buffer.from('Zoë', 'utf8')],
    ['iso-8859-15', Buffer.from('naïve', 'utf8')],
    ['shift_jis', Buffer.from([0x80, 0xff])],
    ['utf-16le', Buffer.from([0x41, 0x00, 0x42])],
    ['utf-16le', Buffer.from([0x00, 0xd8, 0x41, 0x00])],
  ])('refuses what cannot be %s: %#', (encoding, bytes) => {
    expect(() => decode(encoding, bytes)).toThrow(Undecodable);
  });

  it('takes plain ASCII by any declaration', () => {
    expect(decode('windows-1252', Buffer.from('plain'))).toBe('plain');
  });
});
