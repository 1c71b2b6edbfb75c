/** Why nothing can be posted at a place in Slack. */
export const PLACE_TROUBLES = ['archived', 'not_member', 'not_found', 'not_allowed', 'no_account'] as const;
export type PlaceTrouble = (typeof PLACE_TROUBLES)[number];

/** Slack's codes that say something about the place and nothing about the message. */
const TROUBLES: Readonly<Record<string, PlaceTrouble>> = {
  is_archived: 'archived',
  is_inactive: 'archived',
  not_in_channel: 'not_member',
  channel_not_found: 'not_found',
  restricted_action: 'not_allowed',
  restricted_action_read_only_channel: 'not_allowed',
  restricted_action_thread_only_channel: 'not_allowed',
  user_not_found: 'no_account',
  users_not_found: 'no_account',
  user_disabled: 'no_account',
  cannot_dm_bot: 'no_account',
};

/** What is wrong with the place, by Slack's code; undefined when the code is about the message. */
export const troubleOf = (code: string): PlaceTrouble | undefined =>
  Object.hasOwn(TROUBLES, code) ? TROUBLES[code] : undefined;

/** Where a team's messages go, in this order: its own channel (by the lane's address), its fallbacks, people directly. */
export const placesInOrder = (
  address: string,
  { fallback, people }: { fallback: readonly string[]; people: readonly string[] },
): readonly string[] => [address, ...fallback, ...people.map((personId) => `person:${personId}`)];

/**
 * The place after a lost one; undefined when it was the last. A place that is in the order no more is followed by the first
 * stand-in.
 */
export const placeAfter = (places: readonly string[], lost: string): string | undefined =>
  places[Math.max(places.indexOf(lost), 0) + 1];

/** What is told about where messages and exceptions go, to people who can mend it or must know. As data: each reads it in their own language. */
export type DeliveryNotice =
  | {
      readonly delivery: 'channel_lost';
      readonly team: string;
      readonly channel: string;
      readonly trouble: PlaceTrouble;
      /** Whether there is anywhere else to post. */
      readonly hasStandIn: boolean;
    }
  | { readonly delivery: 'channel_back'; readonly team: string; readonly channel: string }
  | { readonly delivery: 'person_left'; readonly name: string; readonly given: number }
  /** Another team owns these from now on; to the team itself, or to whoever had claimed them. */
  | {
      readonly delivery: 'rehomed';
      readonly team: string;
      readonly count: number;
      readonly isYours: boolean;
    };

/** What a thread is told about its card. */
export type DeliveryLine =
  | { readonly delivery: 'deleted' }
  /** Slack would not have it changed where it stood. */
  | { readonly delivery: 'replaced' }
  | { readonly delivery: 'moved'; readonly from: string; readonly trouble: PlaceTrouble | null };
