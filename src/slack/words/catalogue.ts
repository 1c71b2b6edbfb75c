import type { en } from './en.ts';

/** Everything Tieout says in Slack, by area; one object of this shape per language. */
export type Catalogue = typeof en;
