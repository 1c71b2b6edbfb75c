import { Padded } from './padded.ts';

/** A value's text in UTF-8, wherever it stands: in the block that is read, or in memory of its own. */
export class Value {
  #memory = new Padded(0);
  bytes = this.#memory.bytes;
  words = this.#memory.words;
  start = 0;
  end = 0;
  /** What JSON writes between the quotes, where that is not the text itself. */
  json: Value | undefined;
  /** Of the field that is the record's date: the day, as Postgres counts them. */
  day = 0;

  get length(): number {
    return this.end - this.start;
  }

  /** Takes bytes that JSON writes as they are. */
  setPlain({ bytes, words }: Padded, start: number, end: number): void {
    this.bytes = bytes;
    this.words = words;
    this.start = start;
    this.end = end;
    this.json = undefined;
  }

  /** Keeps a text of its own. */
  setText(text: string): void {
    this.#setUtf8(text);
    const json = JSON.stringify(text);
    if (json.length === text.length + 2) return;
    this.json = new Value();
    this.json.#setUtf8(json.slice(1, -1));
  }

  /** Takes what another value says, as long as that does not change. */
  setTo({ bytes, words, start, end, json, day }: Value): void {
    this.bytes = bytes;
    this.words = words;
    this.start = start;
    this.end = end;
    this.json = json;
    this.day = day;
  }

  /** The same in memory of its own. */
  copy(): Value {
    const copy = new Value();
    copy.setText(this.bytes.toString('utf8', this.start, this.end));
    copy.day = this.day;
    return copy;
  }

  clear(): void {
    this.setPlain(this.#memory, 0, 0);
  }

  #setUtf8(text: string): void {
    this.#memory.fit(text.length * MOST_BYTES);
    this.setPlain(this.#memory, 0, this.#memory.bytes.write(text, 'utf8'));
  }
}

/** Of UTF-8, for what is one unit of a text. */
const MOST_BYTES = 3;
