import { expect, test } from 'vitest';
import { loadSpec } from '../../../src/config/load.ts';
import { tellSpec } from '../../../src/core/spec-sentences.ts';

const told = async (name: string): Promise<Record<string, readonly string[]>> => {
  const folder = `examples/${name}/config`;
  const spec = await loadSpec(`${folder}/reconciliations/${name}.yaml`, { folder, env: {} });
  return Object.fromEntries(tellSpec(spec).map(({ title, sentences }) => [title, sentences]));
};

test('tells the passes in their order, with what they join on, when and how they decide', async () => {
  const passes = (await told('content-vs-billing'))[
    'How records find each other, each step among what the ones before left'
  ];
  expect(passes).toEqual([
    'task: puts together one expected and one actual record whose task_id (expected) and external_ref (actual) are equal. A missing value equals nothing. A key with more records than that is left to later steps.',
    expect.stringContaining('task-lines: puts together one expected record and all actual ones'),
    expect.stringContaining('at least 99 % likely, 6 bits ahead of every rival, and title agrees'),
    expect.stringContaining(
      'one actual record together with up to 4 expected ones that add up to it to the cent',
    ),
  ]);
});

test('tells the rules, what they raise and who is told', async () => {
  expect((await told('ad-buy-vs-billing'))['What becomes of a match']).toEqual([
    'Where the sums agree, rules about amounts are not asked.',
    'A credit is a record of invoice_lines whose kind is credit, and belongs to the month in its original_period.',
    'pacing: where abs(diff) <= max(5.00, 2% of expected), it is settled as PACING_WITHIN_TOLERANCE, and no later rule is asked.',
    'credits: where diff = sum(credits), it is settled as PLATFORM_CREDIT and finance is told, and no later rule is asked.',
    'overbill: unless actual <= expected * 1.10, amount_differs is raised, which blocks the payout (OVERBILLED).',
    'A difference that no rule speaks of raises amount_differs, for a person to review (UNEXPLAINED_DIFFERENCE).',
  ]);
});

test('tells that a rule settles nothing where one above raised, and one day as one', async () => {
  const folder = 'examples/ad-buy-vs-billing/config';
  const spec = await loadSpec(`${folder}/reconciliations/ad-buy-vs-billing.yaml`, { folder, env: {} });
  const [pacing, credits, overbill] = spec.verify;
  if (!pacing || !credits || !overbill) throw new Error('the example has three rules');
  const verify = [overbill, pacing, credits];
  const sentences = tellSpec({ ...spec, verify, timing: { dueWithinDays: 1, lateUntilDays: 2 } }).flatMap(
    (part) => part.sentences,
  );

  expect(sentences.filter((one) => one.endsWith('unless a rule above raised something.'))).toHaveLength(2);
  expect(sentences).toContain(
    'The actual record is due within 1 day; what comes later is matched and counted as late.',
  );
});

test('tells timing and routes', async () => {
  const { When, 'Who gets it': who, 'What nothing answers': nothing } = await told('content-vs-billing');
  expect(When?.[0]).toBe(
    'The actual record is due within 14 days; what comes later is matched and counted as late.',
  );
  expect(who).toEqual([
    'unbilled_delivery goes to content_ops, within 3bd.',
    'What blocks the payout goes to finance, within 4h, and holds client_invoice.',
    'The rest goes to content_ops, within 3bd.',
  ]);
  expect(nothing?.[0]).toContain('14 days after its done_on; until then it is pending');
});

test('says that leads have no amounts, and what merges do', async () => {
  const leads = await told('leads-vs-campaigns');
  expect(leads['What is compared']).toContain('No amounts are compared.');
  expect(leads['What leaves first']?.[0]).toContain('leave as MERGED');
});
