import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabels } from '../../../src/cli/read-labels.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tieout-labels-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(text: string | Buffer) {
  const path = join(folder, 'known.csv');
  await writeFile(path, text);
  return await readLabels(path);
}

describe('labels', () => {
  it('are read by the names of their columns, with other columns, quotes, a byte order mark and Windows line ends', async () => {
    const text = '\uFEFFnote,"Actual",Expected\r\n"a, ""b""",I-1,O-1\r\n,"I,2",O-2\r\n\r\n,,O-3\r\n,I-4,';
    expect(await read(text)).toEqual([
      { expected: 'O-1', actual: 'I-1' },
      { expected: 'O-2', actual: 'I,2' },
      { expected: 'O-3', actual: undefined },
      { expected: undefined, actual: 'I-4' },
    ]);
  });

  it.each([
    [
      'no column of the name',
      'left,right\na,b\n',
      /known\.csv:1: the header has "left", "right"; write a CSV file with/,
    ],
    ['a line that names nothing', 'expected,actual\na,b\n,\n', /known\.csv:3: the line names no record/],
    ['a line of other columns', 'expected,actual\na\n', /known\.csv:2: 1 columns, and the header has 2/],
    [
      'a quote that is never closed',
      'expected,actual\n"a,b\n',
      /known\.csv: line 2: a quote is opened and never closed/,
    ],
    ['a quote inside a field', 'expected,actual\na"b,c\n', /known\.csv:2: a quote stands inside/],
    ['a NUL character', 'expected,actual\na\u0000,b\n', /known\.csv:2: a NUL character/],
    ['no line', 'expected,actual\n', /has no label; write a CSV file/],
    ['nothing at all', '', /has no label/],
    [
      'bytes that are no UTF-8',
      Buffer.from('expected,actual\nM\xfcller,b\n', 'latin1'),
      /known\.csv:2: .*UTF-8/,
    ],
  ])('with %s are refused with the line', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('in a file that is not there are refused with its path', async () => {
    await expect(readLabels(join(folder, 'none.csv'))).rejects.toThrow(/none\.csv/);
  });
});
