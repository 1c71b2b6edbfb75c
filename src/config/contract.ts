import { createHmac } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { Complete, ContractField, FeedContract, RowCondition } from '../core/contract.ts';
import { suggestion } from '../core/nearest-word.ts';
import { ConfigError } from './config-error.ts';
import { toField } from './contract-field.ts';
import { toPolicy } from './contract-policy.ts';
import { checkHeader, toReading } from './contract-reading.ts';
import { expandVariables } from './expand.ts';
import { toPull } from './pull.ts';
import type { FeedFile } from './schema-feed.ts';
import type { OrganisationFile } from './schema-organisation.ts';
import { toWebhook } from './webhook.ts';
import type { YamlSource } from './yaml.ts';

/** The contract a feed file states, after noting on `source` whatever in it cannot hold. */
export function toContract(
  file: FeedFile,
  source: YamlSource,
  place: {
    readonly path: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Undefined while `tieout.yaml` cannot be read. */
    readonly organisation: OrganisationFile | undefined;
  },
): FeedContract {
  const fields = Object.entries(file.fields).map(([name, field]) => toField(name, field, { file, source }));
  checkNames(file, source);
  if (file.zone === undefined && fields.some(({ type }) => type.kind === 'date' || type.kind === 'instant')) {
    source.problem([], 'zone is missing; a feed with dates needs one, like America/New_York');
  }
  const contract: FeedContract = {
    feed: file.feed,
    source: file.source,
    format: file.format === 'tsv' ? 'csv' : file.format,
    delimiter: file.delimiter ?? (file.format === 'tsv' ? '\t' : ','),
    ...toReading(file, source),
    intake: toPolicy(file, source, place.organisation),
    finalLineEnd: file.final_line_end ?? 'required',
    files: (file.files ?? []).map((pattern, index) => toPattern(pattern, source, { ...place, index })),
    ...(file.together && { isTogether: true }),
    ...(file.complete && { complete: toComplete(file.complete, source) }),
    zone: file.zone ?? 'UTC',
    key: file.key,
    revision: file.revision,
    amount: file.amount,
    date: file.date,
    client: file.client,
    orderRef: file.order_ref,
    where: (file.where ?? []).map((condition, index) => toCondition(condition, source, ['where', index])),
    ...(file.removed === undefined ? {} : { removed: toCondition(file.removed, source, ['removed']) }),
    fields,
    ...(fields.some(({ personal }) => personal !== undefined) && {
      pseudonym: pseudonymBy(place.env, file.feed),
    }),
    ...(file.pull && { pull: toPull(file.pull, source) }),
    ...(file.webhook && {
      webhook: toWebhook(file.webhook, source, {
        hasPull: file.pull !== undefined,
        hasRevision: file.revision !== undefined,
      }),
    }),
  };
  checkHeader(contract, source);
  return contract;
}

function toComplete(file: NonNullable<FeedFile['complete']>, source: YamlSource): Complete {
  if ('quiet' in file) return { quietMs: file.quiet };
  const isName = file.marker.includes('{file}') ? file.marker !== '{file}' : !/[*?]/.test(file.marker);
  if (!isName || file.marker.includes('/'))
    source.problem(
      ['complete', 'marker'],
      'is a file name beside the file, such as "{file}.done" or _SUCCESS',
    );
  return { marker: file.marker };
}

const PERSONAL_KEY = 'TIEOUT_PERSONAL_KEY';
const SHORTEST_KEY = 16;
/** Hex digits: 128 bits, so that no two texts meet by chance. */
const PSEUDONYM = 32;

/** What stands for a personal text, the same in every feed: without the key nobody can find out by trying. */
function pseudonymBy(
  env: Readonly<Record<string, string | undefined>>,
  feed: string,
): (text: string) => string {
  const key = env[PERSONAL_KEY] ?? '';
  return (text) => {
    if (key.length < SHORTEST_KEY) {
      const what = key === '' ? 'is not set' : `has fewer than ${SHORTEST_KEY} characters`;
      throw new ConfigError([
        `${PERSONAL_KEY} ${what}; feed "${feed}" needs it for its personal fields. Make one with: openssl rand -hex 32`,
      ]);
    }
    return createHmac('sha256', key).update(text, 'utf8').digest('hex').slice(0, PSEUDONYM);
  };
}

type Role = {
  readonly name: 'amount' | 'date' | 'client' | 'order_ref' | 'revision';
  readonly kinds: readonly ContractField['type']['kind'][];
};

const ROLES: readonly Role[] = [
  { name: 'amount', kinds: ['money'] },
  { name: 'date', kinds: ['date', 'instant'] },
  { name: 'client', kinds: ['text', 'reference', 'choice'] },
  { name: 'order_ref', kinds: ['reference', 'integer', 'choice'] },
  { name: 'revision', kinds: ['integer', 'date', 'instant'] },
];

function checkNames(file: FeedFile, source: YamlSource): void {
  const names = Object.keys(file.fields);
  for (const { name, kinds } of ROLES) {
    const given = file[name];
    if (given === undefined) continue;
    const field = Object.hasOwn(file.fields, given) ? file.fields[given] : undefined;
    if (field === undefined) {
      source.problem([name], `no field "${given}" in fields${suggestion(given, names)}`);
    } else if (!kinds.includes(field.type)) {
      source.problem([name], `field "${given}" is ${field.type}; it must be ${kinds.join(' or ')}`);
    }
  }
  for (const [index, given] of file.key.entries()) {
    const field = Object.hasOwn(file.fields, given) ? file.fields[given] : undefined;
    if (field === undefined) {
      source.problem(['key', index], `no field "${given}" in fields${suggestion(given, names)}`);
    } else if (field.type === 'money') {
      source.problem(['key', index], `"${given}" is money; a key must not change when the amount does`);
    }
  }
  for (const given of new Set([file.date, ...file.key])) {
    if (Object.hasOwn(file.fields, given) && file.fields[given]?.required === false) {
      source.problem(['fields', given, 'required'], 'key and date are always required; remove this');
    }
  }
}

const TESTS = ['contains', 'lacks', 'equals', 'differs'] as const;

function toCondition(
  condition: NonNullable<FeedFile['where']>[number],
  source: YamlSource,
  path: readonly (string | number)[],
): RowCondition {
  const stated = TESTS.filter((test) => condition[test] !== undefined);
  if (stated.length !== 1) source.problem(path, `needs exactly one of ${TESTS.join(', ')}`);
  const test = stated[0] ?? 'equals';
  return { column: condition.column, test, text: condition[test] ?? '' };
}

function toPattern(
  pattern: string,
  source: YamlSource,
  place: {
    readonly path: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly index: number;
  },
): string {
  const expanded = expandVariables(pattern, place.env);
  if (!expanded.ok) {
    source.problem(['files', place.index], expanded.refusal);
    return pattern;
  }
  if (/[*?]/.test(dirname(expanded.value))) {
    source.problem(['files', place.index], 'only the last part of the path may hold * or ?');
  }
  return resolve(dirname(place.path), expanded.value);
}
