/** How people know a delivery that came on standard input: all of them alike. */
export const STANDARD_INPUT = 'standard input';

/** How people know a batch of what was pushed. */
export const pushedName = (events: number): string => `${events} pushed`;

/**
 * Whether the next delivery of this name is the same thing delivered anew, as a file or a pull is. What comes on standard input, or is
 * pushed, has only the name of its way in: five refused syncs were settled by the next, whatever it brought.
 */
export const isOwnName = (name: string): boolean => name !== STANDARD_INPUT && !/^\d+ pushed$/.test(name);
