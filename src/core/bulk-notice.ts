/** What a bulk action tells one person it concerns; kept as JSON in the outbox, put into words when it is sent. */
export type BulkNotice = {
  readonly bulk: {
    readonly id: string;
    /**
     * `offered`, `withdrawn`: to whom it is (no longer) offered. `taken`, `declined`: to who offered it or had it.
     * `done`: to who asked for it, when it went on after the form was gone.
     */
    readonly what: 'offered' | 'withdrawn' | 'taken' | 'declined' | 'done';
    readonly type: string;
    readonly byName: string;
    readonly count: number;
    readonly money: readonly { readonly minor: string; readonly currency: string }[];
    readonly note: string | null;
    /** ISO instant until which an offer can be answered. */
    readonly until: string | null;
    /** How many of them were refused. */
    readonly refused: number;
  };
};
