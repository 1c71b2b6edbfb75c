import { type Command, InvalidArgumentError } from 'commander';
import { stringify } from 'yaml';
import { type ManifestTransport, slackManifest } from '../../slack/manifest.ts';
import { type Context, environmentNow } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { type Output, toJson } from '../output.ts';

const HELP = `
Paste it at api.slack.com/apps, "Create New App", "From a manifest". It asks for the scopes the product uses, and no other.
Where an address is known (--url or TIEOUT_PUBLIC_URL), the app can be installed by OAuth from <address>/slack/install.

Examples:
  tieout slack manifest --url https://tieout.agency.example
  tieout slack manifest --socket
  tieout slack manifest --url https://tieout.agency.example --rotate-tokens
  tieout slack manifest --socket --json`;

const EXAMPLE_URL = 'https://tieout.example.com';

type Options = { url?: string; socket?: boolean; rotateTokens?: boolean; json?: boolean };

/** `tieout slack manifest`. */
export function addSlack(program: Command, { output }: Context): void {
  program
    .command('slack')
    .description('set the Slack app up')
    .command('manifest')
    .description("print the app's manifest: its scopes, commands, events and addresses")
    .option('--url <https-url>', 'where Slack reaches this service over HTTP', httpsUrl)
    .option('--socket', 'use Socket Mode, which needs no address')
    .option(
      '--rotate-tokens',
      'tokens expire and are exchanged; for OAuth only, and Slack never turns it off again',
    )
    .option('--json', 'as JSON instead of YAML')
    .addHelpText('after', HELP)
    .action((options: Options) => {
      const manifest = slackManifest(transportOf(options, output), {
        rotateTokens: options.rotateTokens === true,
      });
      output.answer(options.json ? toJson(manifest) : stringify(manifest).trimEnd());
    });
}

function transportOf({ url, socket }: Options, output: Output): ManifestTransport {
  if (socket && url !== undefined)
    throw new Stop('Choose one: --url for HTTP, or --socket for Socket Mode.', EXIT.usage);
  const publicUrl = environmentNow().publicUrl;
  if (socket) return { kind: 'socket', ...(publicUrl === undefined ? {} : { url: publicUrl }) };
  if (url === undefined && publicUrl === undefined) {
    output.note(`The address ${EXAMPLE_URL} is a placeholder: give yours with --url, or use --socket.`);
  }
  return { kind: 'http', url: url ?? publicUrl ?? EXAMPLE_URL };
}

function httpsUrl(text: string): string {
  if (URL.canParse(text) && new URL(text).protocol === 'https:') return text;
  throw new InvalidArgumentError('It must be an https address, such as https://tieout.agency.example.');
}
