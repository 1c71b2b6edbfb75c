import { type ChosenAction, packNumbers } from '../../core/bulk.ts';

/** What a bulk action's button or form carries: a hint where to look, never a permission. */
export const bulkPointer = (bulkId: string): string => JSON.stringify({ v: 1, bulk: bulkId });

/** Where somebody is in a group's list: what for, which page, the filter as typed, and what they ticked so far. */
export type ListState = {
  readonly groupId: string;
  readonly action: 'list' | ChosenAction;
  readonly page: number;
  readonly text: string;
  readonly min: string;
  /** Numbers of exceptions. */
  readonly ticked: readonly number[];
};

/** What the list's form must remember; a modal holds 3,000 characters. */
export const writeListState = ({ groupId, ticked, ...state }: ListState): string =>
  JSON.stringify({ v: 1, group: groupId, ...state, ticked: packNumbers(ticked) });
