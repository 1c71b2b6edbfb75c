import { suggestion } from '../core/nearest-word.ts';
import type { OwnershipRow } from '../core/organisation.ts';
import { raisesOf } from '../core/raises.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { Reconciliation } from '../core/spec.ts';
import type { Context } from './reconciliation-context.ts';

/** The rows of `route`, after noting names that mean nothing and rows that are never reached. */
export function toRoute({ file, source, known }: Context, spec: Reconciliation): readonly OwnershipRow[] {
  const rows = file.route ?? [];
  const raises = raisesOf(spec);
  const words = [...new Set([...raises.map(({ type }) => type), ...SEVERITIES])];
  return rows.map(({ when, to, default: other, sla, hold }, index) => {
    const path = ['route', index];
    const team = to ?? other ?? '';
    if (known.teams !== undefined && !known.teams.includes(team)) {
      const key = to === undefined ? 'default' : 'to';
      source.problem([...path, key], `no team "${team}"${suggestion(team, known.teams)}`);
    }
    if (when !== undefined && !words.includes(when)) {
      source.problem([...path, 'when'], `nothing here raises "${when}"${suggestion(when, words)}`);
    }
    if (other !== undefined && index < rows.length - 1) {
      source.problem(
        path,
        'this row takes everything, so the rows below are never reached; move it to the end',
      );
    }
    const severity = SEVERITIES.find((known): known is Severity => known === when);
    return {
      row: index + 1,
      source: source.place(path),
      reconciliation: spec.key,
      domain: undefined,
      type: severity === undefined ? when : undefined,
      severity,
      team,
      sla,
      hold,
    };
  });
}
