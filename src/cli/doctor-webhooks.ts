import { ConfigError } from '../config/config-error.ts';
import type { Config } from '../config/load.ts';
import { variables } from '../config/variables.ts';
import { signingKeys } from '../config/webhooks.ts';
import { Fault } from '../core/fault.ts';
import type { WebhookEndpoint } from '../core/webhook-endpoint.ts';
import { checkUrl } from '../net/reach.ts';
import { type Check, failed, fine } from '../pipeline/report/doctor.ts';

/** Whether each endpoint can be signed for and may be reached, as far as its address shows. Nothing is sent. */
export const checkEndpointSettings = (configs: readonly Config[]): Check[] =>
  configs.flatMap(({ organisation }) => (organisation.webhooks ?? []).map(checkEndpoint));

function checkEndpoint(endpoint: WebhookEndpoint): Check {
  const check = `webhook ${endpoint.key}`;
  const { url, networks } = endpoint;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').toLowerCase();
  try {
    checkUrl(url, { hosts: [host], networks });
    const count = signingKeys(endpoint, variables()).length;
    return fine(check, `${url}, signed with ${count === 1 ? 'one secret' : 'two secrets'}`);
  } catch (error) {
    if (error instanceof ConfigError) return failed(check, error.message, 'Set the variable of the service.');
    if (error instanceof Fault)
      return failed(check, error.message, `Correct webhooks.${endpoint.key} in tieout.yaml.`);
    throw error;
  }
}
