import type { Catalogue } from './catalogue.ts';
import { status } from './es/status.ts';

export const es: Catalogue = { status };
