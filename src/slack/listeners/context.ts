import type { Organisation } from '../../core/organisation.ts';
import type { Sql } from '../../db/client.ts';
import type { Logger } from '../../observe/logger.ts';
import type { CallSlack } from '../sender/web-api.ts';

export type ListenerContext = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly teamId: string;
  readonly organisation: Organisation;
  /** For what a person waits for: short deadline, never behind the outbox. */
  readonly call: CallSlack;
  /** Origins that a response_url may have. */
  readonly responseOrigins: readonly string[];
  readonly logger: Logger;
};
