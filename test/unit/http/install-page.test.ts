import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { INSTALL_REFUSALS, installPage } from '../../../src/http/install-page.ts';

it('writes what comes from Slack as text, never as markup', () => {
  const { html } = installPage({
    kind: 'unknown_team',
    teamId: '"><img src=x>',
    teamName: '<script>alert(1)</script>',
  });
  expect(html).not.toMatch(/<script|<img/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

it('says which lines to add for a team that no configuration names', () => {
  const { status, html } = installPage({ kind: 'unknown_team', teamId: 'T0NEW', teamName: 'New' });
  expect(status).toBe(403);
  expect(html).toContain('workspace:\n  slack_team: T0NEW');
});

it('says what a wrong client secret is, to whoever can mend it', () => {
  const { html } = installPage({ kind: 'slack_says_no', error: 'bad_client_secret' });
  expect(html).toContain('SLACK_CLIENT_SECRET');
});

it('has every way to be refused listed in docs/errors.md, and no other is listed', () => {
  const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const table = /\| install refusal \|.*\n\|---\|---\|\n((?:\|.*\n)+)/.exec(text)?.[1] ?? '';
  const listed = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell]) => cell?.match(/\w+/g) ?? []);
  expect(listed.toSorted()).toEqual(INSTALL_REFUSALS.toSorted());
});
