import { dirname, join, relative, resolve, sep } from 'node:path';
import type { SchemaKind } from '../config/json-schema.ts';
import { PROJECT } from './state.ts';

/**
 * The line by which an editor finds the schema of a configuration file: from the file where both lie in this clone, so that
 * it stays right when the clone moves, else by its whole path.
 */
export function schemaLine(file: string, kind: SchemaKind): string {
  const schema = join(PROJECT, 'schemas', `${kind}.json`);
  const isInside = resolve(file).startsWith(PROJECT);
  const path = isInside ? relative(dirname(resolve(file)), schema) : schema;
  return `# yaml-language-server: $schema=${path.split(sep).join('/')}\n`;
}
