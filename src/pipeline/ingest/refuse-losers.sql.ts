import type { Tx } from '../../db/tx.ts';

/** Turns the staged rows that lose into refused ones, each with its bytes and with what stands instead; says how many. */
export async function refuseLosers(tx: Tx): Promise<number> {
  const { count } = await tx`
    update staged s
    set reason = p.outcome,
        raw = l.raw,
        detail = case
          when p.outcome = 'duplicate_key' then
            format('line %s has the same key "%s" with other content, and stands because it comes later; '
                   'deliver one row per key', p.stands_line, s.source_ref)
          when p.outcome = 'superseded' and p.stands_line is null then
            format('"%s" is on record as of %s, and this speaks of %s; nothing is to be done', s.source_ref,
                   p.stands_revision, coalesce(nullif(s.revision, ''), 'no time'))
          when p.outcome = 'superseded' then
            format('line %s says something newer of "%s"; nothing is to be done', p.stands_line, s.source_ref)
          when p.outcome = 'older_delivery' then
            format('a delivery that came later brought "%s", which stands; nothing is to be done', s.source_ref)
          else
            format('%s of "%s" is older than revision %s on %s, which stands; nothing is to be done',
                   case when s.revision = '' then 'a row without revision'
                        else 'revision ' || regexp_replace(s.revision, '^0+(?=.)', '') end,
                   s.source_ref,
                   regexp_replace(p.stands_revision, '^0+(?=.)', ''),
                   case when p.stands_line is null then 'record' else 'line ' || p.stands_line end)
        end
    from planned p
    join loser l on l.line = p.line
    where s.line = p.line`;
  return count;
}
