import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone this code runs from. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** What this machine keeps between starts: the embedded database, the local Slack's messages, anchors of the trail. */
export const STATE = join(PROJECT, '.tieout');

export const ANCHORS = join(STATE, 'anchors');
