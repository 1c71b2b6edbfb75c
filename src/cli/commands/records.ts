import type { Command } from 'commander';
import type { FeedContract } from '../../core/contract.ts';
import { newId } from '../../db/new-id.ts';
import { type Edited, editByHand } from '../../pipeline/act/edit-record.ts';
import { actingPerson, refusedBy } from '../acting-person.ts';
import { type Context, withConfig } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { inert, type Output, toJson } from '../output.ts';

const HELP = `
Corrects a record by hand, where its source cannot. It becomes the next version of the record; what it was stays in its history,
and who changed what from what to what, and why, is on the trail. The next run decides anew about everything that speaks of it:
an exception that was resolved is open again, and one whose difference is gone is cleared. When the source delivers once more what it
had delivered, the edit stands; when it delivers something new, that stands.

Finance and ops leads may. Fields are those of the feed's contract; the key and the revision cannot be edited.

Examples:
  tieout records edit invoice_lines INV-2201/1 --set line_total=1200.00 --reason typing_error --as fay
  tieout records edit invoice_lines INV-2201/1 --set po_number=NL-2026-1013 --reason corrected_by_source --note "e-mail of 3 Nov" --as fay`;

type Options = { set: string[]; reason?: string; note?: string; as?: string; json?: boolean };

const collect = (value: string, before: string[]): string[] => [...before, value];

/** `tieout records edit`: what a record holds, corrected by a person. */
export function addRecords(program: Command, { output }: Context): void {
  program
    .command('records')
    .description('correct a record by hand, with a reason, on the trail')
    .command('edit')
    .argument('<feed>', 'as the configuration calls it')
    .argument('<record>', 'as its source names it')
    .description('change fields of one record')
    .requiredOption(
      '--set <field=value>',
      'a field and what it is to hold; may be given several times',
      collect,
      [],
    )
    .option(
      '--reason <code>',
      'one of reason_codes for record_edit in tieout.yaml, or of those Tieout brings along',
    )
    .option('--note <text>', 'what was agreed, and with whom')
    .option('--as <person>', 'who decides: a key of people in tieout.yaml, or an e-mail address')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action((feed: string, sourceRef: string, options: Options) =>
      withConfig(async ({ database, config, workspaceId }) => {
        const { organisation } = config;
        const contract = contractOf(config.feeds, feed);
        const sql = database.pool('people');
        const personId = await actingPerson(sql, { workspaceId, organisation, as: options.as });
        const { reason, note = '' } = options;
        const input = {
          workspaceId,
          personId,
          requestKey: newId(),
          sourceRef,
          edits: editsOf(options.set),
          reason,
          note,
        };
        const edited = await editByHand(sql, input, { contract, money: organisation.money });
        if (edited.ok) answer(output, edited.value, options);
        else if ('words' in edited.refusal) {
          if (options.json)
            output.answer(toJson({ refused: edited.refusal.code, words: edited.refusal.words }));
          throw new Stop(edited.refusal.words, EXIT.failed);
        } else throw refusedBy(edited.refusal, options, output);
      }),
    );
}

function answer(output: Output, { sourceRef, version, changes }: Edited, { json }: Options): void {
  if (json) {
    output.answer(toJson({ record: sourceRef, version, changes }));
    return;
  }
  const lines = changes.map(
    ({ field, before, after }) => `  ${field}: ${before ?? '(nothing)'} -> ${after ?? '(nothing)'}`,
  );
  output.answer([`${sourceRef} is at version ${version} now.`, ...lines].map(inert).join('\n'));
  output.note('The next run decides anew about what speaks of it: tieout run.');
}

function contractOf(feeds: ReadonlyMap<string, FeedContract>, feed: string): FeedContract {
  const contract = feeds.get(feed);
  if (contract) return contract;
  throw new Stop(`There is no feed "${feed}". Feeds here: ${[...feeds.keys()].join(', ')}.`, EXIT.usage);
}

function editsOf(given: readonly string[]): ReadonlyMap<string, string> {
  const edits = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf('=');
    if (at < 1) throw new Stop(`--set is "${text}"; write it like line_total=1200.00.`, EXIT.usage);
    const field = text.slice(0, at).trim();
    if (edits.has(field))
      throw new Stop(`--set names "${field}" twice: say once what it is to hold.`, EXIT.usage);
    edits.set(field, text.slice(at + 1));
  }
  return edits;
}
