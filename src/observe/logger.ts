import { type Logger, pino } from 'pino';

export type { Logger };

/** Slack tokens of every kind, secrets of webhooks, bearer headers, and passwords inside database URLs. */
const SECRET_SHAPES: readonly RegExp[] = [
  /xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]+/g,
  /xapp-[A-Za-z0-9-]+/g,
  /whsec_[A-Za-z0-9+/]+=*/g,
  /(?<=Bearer )[\w.~+/-]+=*/g,
  /(?<=postgres(?:ql)?:\/\/[^:@/\s"]*:)[^@\s"]+(?=@)/g,
];

export type LoggerOptions = {
  readonly level: string;
  /** Configured secrets: replaced wherever they appear, whole or inside a text. */
  readonly secrets?: readonly string[];
  /** Where lines go; standard error unless said, because standard output belongs to the command's answer. */
  readonly write?: (line: string) => void;
};

/** A logger of JSON lines from which secrets are taken out, whatever is logged. */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line) => process.stderr.write(line));
  const secrets = (options.secrets ?? []).filter((secret) => secret.length >= 6).map(inJson);
  return pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => write(redact(line, secrets)) },
  );
}

// As a secret looks inside a JSON line.
const inJson = (secret: string): string => JSON.stringify(secret).slice(1, -1);

function redact(line: string, secrets: readonly string[]): string {
  const withoutShapes = SECRET_SHAPES.reduce((text, shape) => text.replace(shape, '[secret]'), line);
  return secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), withoutShapes);
}
