import type { Catalogue } from './catalogue.ts';
import { status } from './de/status.ts';

export const de: Catalogue = { status };
