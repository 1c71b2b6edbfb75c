import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCALES, type Locale } from '../core/locale.ts';
import type { Playbook } from '../core/playbook.ts';
import type { OrganisationFile } from './schema-organisation.ts';
import type { YamlSource } from './yaml.ts';

/** A folder per language, a Markdown file per built-in exception type. */
const SHIPPED = fileURLToPath(new URL('../../playbooks', import.meta.url));
/** What a person reads while they work; beyond it Slack would not show all of it. */
const MOST_CHARACTERS = 20_000;

type Playbooks = Readonly<Record<string, Playbook>>;
type Place = { readonly source: YamlSource; readonly path: string };

/**
 * The playbook of each exception type: what `tieout.yaml` names, else what Tieout brings along. A file that cannot be read
 * is noted on the source.
 */
export async function readPlaybooks(file: OrganisationFile, place: Place): Promise<Playbooks> {
  const own = await Promise.all(
    Object.entries(file.playbooks ?? {}).map(
      async ([type, given]) => [type, await playbookOf(given, { ...place, type })] as const,
    ),
  );
  return { ...(await shippedPlaybooks()), ...Object.fromEntries(own) };
}

/** The playbooks that come with Tieout, in every language it speaks. */
async function shippedPlaybooks(): Promise<Playbooks> {
  const texts: Record<string, Partial<Record<Locale, string>>> = {};
  for (const locale of LOCALES) {
    const files = await readdir(join(SHIPPED, locale));
    for (const name of files.filter((one) => one.endsWith('.md'))) {
      const type = name.slice(0, -'.md'.length);
      texts[type] = { ...texts[type], [locale]: await readFile(join(SHIPPED, locale, name), 'utf8') };
    }
  }
  return Object.fromEntries(
    Object.entries(texts).map(([type, byLocale]) => [type, { kind: 'text', texts: byLocale }]),
  );
}

type Given = NonNullable<OrganisationFile['playbooks']>[string];

async function playbookOf(given: Given, place: Place & { type: string }): Promise<Playbook> {
  if (typeof given === 'string' && /^https?:/.test(given)) return { kind: 'page', address: given };
  const files = Object.entries(typeof given === 'string' ? { en: given } : given).flatMap(([locale, name]) =>
    name === undefined ? [] : [{ locale, name }],
  );
  const texts = await Promise.all(
    files.map(async ({ locale, name }) => {
      const key = typeof given === 'string' ? [place.type] : [place.type, locale];
      return [locale, await textOf(name, place, key)] as const;
    }),
  );
  return { kind: 'text', texts: Object.fromEntries(texts) };
}

/** The file's text; empty after noting why it cannot be used. */
async function textOf(name: string, { source, path }: Place, key: readonly string[]): Promise<string> {
  const problem = (text: string): string => {
    source.problem(['playbooks', ...key], text);
    return '';
  };
  const file = resolve(dirname(path), name);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => error);
  if (bytes instanceof Error) {
    return problem(
      bytes.code === 'ENOENT'
        ? `there is no file ${file}; write a Markdown file there, or give a web address like https://…`
        : `${file} cannot be read (${bytes.code}); give a Markdown file`,
    );
  }
  const text = decode(bytes);
  if (text === undefined) return problem(`${file} is not UTF-8; save it as UTF-8`);
  if (text.trim() === '') return problem(`${file} is empty; write what to do, or take the line out`);
  if (text.length > MOST_CHARACTERS) {
    return problem(
      `${file} has ${text.length} characters; shorten it to ${MOST_CHARACTERS}, or give a web address`,
    );
  }
  return text;
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
