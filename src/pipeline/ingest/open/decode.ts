/** Text that a file's bytes cannot be, in the encoding that was declared. */
export class Undecodable extends Error {}

export type Decoder = {
  /** The same text in UTF-8. Throws: Undecodable. */
  readonly push: (chunk: Buffer) => Buffer;
  /** What was left over of the last character. Throws: Undecodable, when half a character was left over or the encoding is another one. */
  readonly end: () => Buffer;
};

const WINDOWS_1252 = 'windows-1252';

/** Turns bytes of a declared encoding other than UTF-8 into UTF-8, and never guesses or replaces a character. */
export function decoderOf(encoding: string): Decoder {
  const inner = encoding === WINDOWS_1252 ? windowsDecoder() : standardDecoder(encoding);
  return encoding.startsWith('utf-16') ? inner : suspicious(encoding, inner);
}

function standardDecoder(encoding: string): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decoded = (chunk?: Buffer): Buffer => {
    try {
      return Buffer.from(
        chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }),
        'utf8',
      );
    } catch (error) {
      if (error instanceof TypeError) throw new Undecodable(`its bytes are not ${encoding}`);
      throw error;
    }
  };
  return { push: decoded, end: () => decoded() };
}

/** 0x80 to 0x9F, which Node 20 reads as control characters instead (nodejs/node#56542). */
const WINDOWS_HIGH = '€\u0000‚ƒ„…†‡ˆ‰Š‹Œ\u0000Ž\u0000\u0000‘’“”•–—˜™š›œ\u0000žŸ';

function windowsDecoder(): Decoder {
  const push = (chunk: Buffer): Buffer =>
    Buffer.from(
      chunk.toString('latin1').replace(/[\u0080-\u009F]/g, (byte) => {
        const meant = WINDOWS_HIGH[byte.charCodeAt(0) - 0x80] ?? '\u0000';
        if (meant !== '\u0000') return meant;
        throw new Undecodable(
          `byte 0x${byte.charCodeAt(0).toString(16)} stands for nothing in ${WINDOWS_1252}`,
        );
      }),
      'utf8',
    );
  return { push, end: () => Buffer.alloc(0) };
}

/**
 * Every byte means something in an encoding of one byte per character, so a wrong declaration is never noticed, and `é` reads as `Ã©`. Text
 * beyond ASCII that is valid UTF-8 from end to end is nothing else in practice, and refused.
 */
function suspicious(encoding: string, inner: Decoder): Decoder {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let isAscii = true;
  const watch = (chunk?: Buffer): void => {
    if (!isUtf8) return;
    if (isAscii && chunk !== undefined) isAscii = chunk.every((byte) => byte < 0x80);
    try {
      utf8.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      isUtf8 = false;
    }
  };
  return {
    push: (chunk) => {
      watch(chunk);
      return inner.push(chunk);
    },
    end: () => {
      watch();
      if (isUtf8 && !isAscii) throw new Undecodable(`it is UTF-8, and not ${encoding} as the feed declares`);
      return inner.end();
    },
  };
}
