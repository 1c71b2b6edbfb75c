import type { Catalogue } from './catalogue.ts';
import { status } from './fr/status.ts';

export const fr: Catalogue = { status };
