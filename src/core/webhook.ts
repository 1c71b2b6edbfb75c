import type { Path, Template } from './pull.ts';

/** How a provider signs what it pushes; `hmac` is the plain HMAC-SHA256 of the body in a header. */
export type Signing =
  | { readonly kind: 'standard' | 'stripe' | 'hubspot' | 'shopify' }
  | {
      readonly kind: 'hmac';
      readonly header: string;
      readonly prefix: string;
      readonly encoding: 'hex' | 'base64';
    };

/** What may be pushed to a feed, and what becomes of it. */
export type Webhook = {
  readonly signing: Signing;
  /** Each is accepted, so that a new one can be put beside the old. */
  readonly secrets: readonly Template[];
  /** How far the sender's clock may be from ours, either way. */
  readonly windowMs: number;
  /** Where the events are in a body that has several; undefined when the body is one. */
  readonly events: Path | undefined;
  /** Where an event has its name; undefined: in the signature's header, or else its content is its name. */
  readonly id: Path | undefined;
  readonly type: Path | undefined;
  /** Where an event says when it happened; undefined where events of one record stand in the order they come, or by the feed's revision. */
  readonly at: Path | undefined;
  /** Types that are wanted; others are parked. Undefined: all. */
  readonly types: readonly string[] | undefined;
  /** Where the record is in an event; empty when the event is the record. */
  readonly record: Path;
  /** `records`: an event carries a record. `news`: it only says that something changed, and the feed is pulled. */
  readonly gives: 'records' | 'news';
  /** Whether the record is held to the contract at the door and refused there, or stored whatever it is and quarantined later. */
  readonly isStrict: boolean;
  /** What must stand where in an event, since the key is bound to it: another account's events are refused. */
  readonly only: readonly { readonly path: Path; readonly value: Template }[];
  readonly maxBytes: number;
};
