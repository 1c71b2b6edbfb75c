import type { FeedContract, Format } from '../../../core/contract.ts';
import { airbyteInterpreter } from './airbyte.ts';
import { csvInterpreter } from './csv.ts';
import type { Interpreter, Told } from './interpreter.ts';
import { jsonInterpreter } from './jsonl.ts';
import { singerInterpreter } from './singer.ts';

const INTERPRETERS = {
  csv: csvInterpreter,
  jsonl: jsonInterpreter,
  json: jsonInterpreter,
  airbyte: airbyteInterpreter,
  singer: singerInterpreter,
} as const satisfies Record<Format, (contract: FeedContract, told: Told) => Interpreter>;

/** What reads the rows of a delivery of the contract's format. */
export const interpreterOf = (contract: FeedContract, told: Told): Interpreter =>
  INTERPRETERS[contract.format](contract, told);
