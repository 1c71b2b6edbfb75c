import { z } from 'zod';
import { feedSchema } from './schema-feed.ts';
import { FEED_HINTS, ORGANISATION_HINTS, RECONCILIATION_HINTS } from './schema-hints.ts';
import { organisationSchema } from './schema-organisation.ts';
import { reconciliationSchema } from './schema-reconciliation.ts';

export const SCHEMA_KINDS = ['tieout', 'feed', 'reconciliation'] as const;
/** Which file of the configuration a schema describes: `tieout.yaml`, `feeds/*.yaml`, `reconciliations/*.yaml`. */
export type SchemaKind = (typeof SCHEMA_KINDS)[number];

type JsonSchema = z.core.JSONSchema.BaseSchema;
type Hints = Readonly<Record<string, string>>;

const KINDS = {
  tieout: {
    schema: organisationSchema,
    title: 'Tieout: people, teams, ownership',
    hints: ORGANISATION_HINTS,
  },
  feed: { schema: feedSchema, title: 'Tieout: the contract of a feed', hints: FEED_HINTS },
  reconciliation: {
    schema: reconciliationSchema,
    title: 'Tieout: what is compared, and what becomes of it',
    hints: RECONCILIATION_HINTS,
  },
} as const satisfies Record<SchemaKind, { schema: z.ZodType; title: string; hints: Hints }>;

/**
 * What an editor needs to complete and check one kind of configuration file, made from the schema that reads it. What only
 * the product can know (which feeds and fields there are, how a condition reads) is told by `tieout rules check`.
 */
function jsonSchemaOf(kind: SchemaKind): JsonSchema {
  const { schema, title, hints } = KINDS[kind];
  // Draft 7 is what the language servers of all editors understand.
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' });
  return { ...hinted(made, hints, []), title };
}

/** Puts the hints beside the keys that a person writes; lists and alternatives between them add nothing to a key's name. */
function hinted<T>(part: T, hints: Hints, keys: readonly string[]): T {
  if (Array.isArray(part)) return part.map((one) => hinted<unknown>(one, hints, keys)) as T;
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([word, inner]) => [
    word,
    word === 'properties' ? hintedKeys(inner as object, hints, keys) : hinted<unknown>(inner, hints, keys),
  ]);
  return Object.fromEntries(entries) as T;
}

const hintedKeys = (properties: object, hints: Hints, keys: readonly string[]): object =>
  Object.fromEntries(
    Object.entries(properties).map(([key, inner]) => {
      const description = hints[[...keys, key].join('.')];
      const made = hinted<object>(inner as object, hints, [...keys, key]);
      return [key, description === undefined ? made : { description, ...made }];
    }),
  );

/** The schema as it is published: a file with a line end. */
export const schemaText = (kind: SchemaKind): string => `${JSON.stringify(jsonSchemaOf(kind), null, 2)}\n`;
