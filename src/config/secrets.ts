import type { FeedContract } from '../core/contract.ts';
import type { Secrets } from '../core/secrets.ts';
import { ConfigError } from './config-error.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;
/** A shorter value stands in too many texts by chance to be taken out of them. */
const SHORTEST_HIDDEN = 4;

/**
 * The values of the environment that a feed's pull and webhook name.
 *
 * Throws: ConfigError with one line per variable that is not set, when the feed is about to be used.
 */
export function secretsOf(
  contract: FeedContract,
  env: Variables,
  part: 'pull' | 'webhook' = 'pull',
): Secrets {
  const used = variablesOf({ [part]: contract[part] });
  const problems = problemsOf(contract.feed, used, env);
  if (problems.length > 0) throw new ConfigError(problems);
  const values = used
    .map(({ name }) => valueIn(env, name))
    .filter((value) => value.length >= SHORTEST_HIDDEN);
  return {
    fill: (template, encode = (value) => value) =>
      template.replace(VARIABLE, (_all, name: string, fallback?: string) =>
        encode(valueIn(env, name) || (fallback ?? '')),
      ),
    hide: (text) => values.reduce((shown, value) => shown.replaceAll(value, '[secret]'), text),
  };
}

/** Throws: ConfigError with one line per variable that one of the feeds needs and that is not set. */
export function assertVariables(contracts: Iterable<FeedContract>, env: Variables): void {
  const problems = [...contracts].flatMap((contract) =>
    problemsOf(contract.feed, variablesOf(contract), env),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}

type Variable = { readonly name: string; readonly fallback: string | undefined };

function problemsOf(feed: string, used: readonly Variable[], env: Variables): readonly string[] {
  const missing = used.filter(({ name, fallback }) => !valueIn(env, name) && fallback === undefined);
  const names = new Set(missing.map(({ name }) => name));
  return [...names].map((name) => `${name} is not set; feed "${feed}" needs it (see its file in feeds/).`);
}

/** Every value that any feed names, for the log to leave out. */
export const secretValues = (contracts: Iterable<FeedContract>, env: Variables): string[] =>
  [...contracts].flatMap((contract) => variablesOf(contract).flatMap(({ name }) => valueIn(env, name) || []));

function variablesOf({ pull, webhook }: Pick<FeedContract, 'pull' | 'webhook'>): Variable[] {
  const texts = [pull, webhook].filter((part) => part !== undefined).map((part) => JSON.stringify(part));
  return texts.flatMap((text) =>
    [...text.matchAll(VARIABLE)].map(([, name = '', fallback]) => ({ name, fallback })),
  );
}

const valueIn = (env: Variables, name: string): string => (Object.hasOwn(env, name) ? (env[name] ?? '') : '');
