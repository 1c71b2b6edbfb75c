import type { Tx } from '../../db/tx.ts';

/** What Slack said of a linked person's language (BCP 47) and zone (IANA) is kept; what it left out stays as it was. */
export async function storeReading(
  tx: Tx,
  said: {
    workspaceId: string;
    slackUserId: string;
    locale: string | undefined;
    zone: string | undefined;
  },
): Promise<void> {
  const locale = said.locale?.slice(0, 35) ?? null;
  const zone = said.zone?.slice(0, 60) ?? null;
  await tx`
    update person
    set slack_locale = coalesce(${locale}, slack_locale), slack_zone = coalesce(${zone}, slack_zone)
    where workspace_id = ${said.workspaceId} and slack_user_id = ${said.slackUserId}
      and (slack_locale, slack_zone) is distinct from (coalesce(${locale}, slack_locale), coalesce(${zone}, slack_zone))
  `;
}
