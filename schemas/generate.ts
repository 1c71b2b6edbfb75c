import { writeFileSync } from 'node:fs';
import { SCHEMA_KINDS, schemaText } from '../src/config/json-schema.ts';

/** Writes the schemas of this folder anew: `tsx schemas/generate.ts`. A test holds them equal to the code. */
for (const kind of SCHEMA_KINDS) writeFileSync(new URL(`${kind}.json`, import.meta.url), schemaText(kind));
