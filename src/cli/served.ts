import type { Config } from '../config/load.ts';
import type { Organisation } from '../core/organisation.ts';
import type { WebhookEndpoint } from '../core/webhook-endpoint.ts';
import type { Logger } from '../observe/logger.ts';
import type { Sources } from '../pipeline/take-in.ts';
import type { Database } from './database.ts';
import type { RuleKeeper } from './rules-in-force.ts';
import type { SlackWay } from './slack-side.ts';

export type ServedWorkspace = {
  readonly config: Config;
  readonly organisation: Organisation;
  readonly workspaceId: string;
};

export type ServiceOptions = {
  readonly database: Database;
  readonly workspaces: readonly ServedWorkspace[];
  readonly slack: SlackWay;
  readonly port: number;
  readonly host?: string;
  /** Whether schedules run; the demo runs its examples itself, as of their own date. */
  readonly schedules: boolean;
  /** Whether the dashboard opens without a key to whoever sits at this machine; for the demo. */
  readonly isDashboardOpen?: boolean;
  /** What sources are asked with; undefined where none is. */
  readonly sources?: Sources;
  /** What messages to endpoints are signed with; undefined where nobody outside is told. */
  readonly signingKeysOf?: (endpoint: WebhookEndpoint) => readonly Buffer[];
  readonly publicUrl?: string | undefined;
  readonly logger: Logger;
};

/** A workspace with its rules, which approvals change while it is served. */
export type Ruled = ServedWorkspace & { readonly rules: RuleKeeper };
