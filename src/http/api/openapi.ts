import { z } from 'zod';
import { API_SCOPES } from '../../core/api-key.ts';
import { problemSchema } from './problem.ts';
import type { Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

const schemaOf = (type: z.ZodType): Json => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'input' });
  return schema;
};

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

const refusal = (description: string): Json => ({ description, content: PROBLEM });

const RATE_LIMITED = {
  ...refusal('Too many requests: wait as long as Retry-After says'),
  headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } },
};

/** The description of the API in OpenAPI 3.1, from the table that is served. */
export const openApi = (routes: readonly Route[]): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Tieout',
    version: '1',
    description:
      'Answers from the record, never from a cache. Keys are made with `tieout api-key create`. Refusals are `application/problem+json` (RFC 9457).',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  security: [{ key: [] }],
  paths: Object.fromEntries(routes.map((route) => [route.path, { get: operationOf(route) }])),
  components: {
    schemas: { Problem: schemaOf(problemSchema) },
    securitySchemes: {
      key: {
        type: 'http',
        scheme: 'bearer',
        description: `A key of \`tieout api-key create\`. Scopes: ${API_SCOPES.join(', ')}.`,
      },
    },
  },
});

function operationOf({ operation, summary, description, scope, query, response }: Route): Json {
  return {
    operationId: operation,
    summary,
    description: `${description}\n\nScope: \`${scope}\`.`,
    parameters: parametersOf(query),
    responses: {
      200: { description: summary, content: { 'application/json': { schema: schemaOf(response) } } },
      400: refusal('A parameter is missing, unknown, given twice or malformed'),
      401: refusal('No key, or one that is unknown, expired or revoked'),
      403: refusal(`The key lacks the scope ${scope}`),
      429: RATE_LIMITED,
      500: refusal('Something went wrong here; the reference is in the log'),
      503: refusal('The record cannot be read now: ask again'),
    },
  };
}

function parametersOf(query: z.ZodObject): Json[] {
  return Object.entries<z.ZodType>(query.shape).map(([name, type]) => {
    const { description, ...schema } = schemaOf(type);
    return {
      name,
      in: 'query',
      required: !type.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema,
    };
  });
}
