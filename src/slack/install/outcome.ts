import type { StateProblem } from './state.ts';

/** What an attempt to install came to. Words for it are the page's business. */
export type InstallOutcome =
  | { readonly kind: 'installed'; readonly teamName: string; readonly workspaceName: string }
  | InstallRefusal;

/** Why nothing was stored. Expected: told in words, with what to do. */
export type InstallRefusal =
  | { readonly kind: StateProblem }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'code_missing' }
  | { readonly kind: 'slack_says_no'; readonly error: string }
  | { readonly kind: 'slack_unavailable'; readonly error: string }
  | { readonly kind: 'answer_incomplete' }
  | { readonly kind: 'organisation_wide' }
  | { readonly kind: 'other_app'; readonly appId: string }
  | { readonly kind: 'unknown_team'; readonly teamId: string; readonly teamName: string }
  | {
      readonly kind: 'other_team';
      readonly teamId: string;
      readonly boundTo: string;
      readonly workspaceName: string;
    }
  | { readonly kind: 'team_taken'; readonly teamId: string; readonly workspaceName: string };
