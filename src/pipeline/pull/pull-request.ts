import type { FeedContract } from '../../core/contract.ts';
import type { Pull } from '../../core/pull.ts';
import type { Secrets } from '../../core/secrets.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { SealKeys } from '../../db/seal.ts';
import type { World } from './ask.ts';

export type PullRequest = {
  readonly workspaceId: string;
  readonly contract: FeedContract & Pick<Versioned, 'sha256'>;
  readonly pull: Pull;
  readonly secrets: Secrets;
  /** What seals a refresh token that must be kept; undefined when no key is set. */
  readonly keys: SealKeys | undefined;
  readonly world: World;
  /** Ask again from this moment on (milliseconds since 1970), instead of from where the last pull ended. */
  readonly from?: number | undefined;
  /** Told after each answer how much came so far. */
  readonly onProgress?: ((soFar: { records: number; requests: number }) => void) | undefined;
};
