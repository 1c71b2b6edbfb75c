const SLOTS = 4_096;
/** What is longer is hardly said twice. */
const LONGEST = 64;

type Known<T> = { readonly cell: Buffer; readonly meaning: T };

/** What cells mean that come again and again, known by their bytes. Each has one place, which the next that needs it takes. */
export class CellMemory<T> {
  readonly #slots: (Known<T> | undefined)[] = new Array<Known<T> | undefined>(SLOTS).fill(undefined);

  find(bytes: Buffer, start: number, end: number): T | undefined {
    if (end - start > LONGEST) return undefined;
    const known = this.#slots[slotOf(bytes, start, end)];
    if (known === undefined || known.cell.length !== end - start) return undefined;
    for (let at = start; at < end; at += 1) if (bytes[at] !== known.cell[at - start]) return undefined;
    return known.meaning;
  }

  keep(bytes: Buffer, { start, end }: { start: number; end: number }, meaning: T): void {
    if (end - start > LONGEST) return;
    // A view would keep the whole block.
    this.#slots[slotOf(bytes, start, end)] = { cell: Buffer.from(bytes.subarray(start, end)), meaning };
  }
}

/** FNV-1a, cut to a slot. */
function slotOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}
