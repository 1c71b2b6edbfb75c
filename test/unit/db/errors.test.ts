import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/core/fault.ts';
import { databaseError, toFault, violates } from '../../../src/db/errors.ts';

const fromPostgres = (code: string, more: object = {}) =>
  Object.assign(new Error('said the server'), { name: 'PostgresError', code, ...more });

describe('an error of the database', () => {
  it.each([
    ['40001', 'serialization_failure', true],
    ['40P01', 'deadlock', true],
    ['55P03', 'lock_timeout', true],
    ['57014', 'statement_timeout', true],
    ['57P01', 'connection_lost', true],
    ['53100', 'disk_full', true],
    ['28P01', 'database_login_refused', false],
    ['42P01', 'schema_missing', false],
  ])('%s becomes the fault %s, retryable: %s, with its cause', (sqlState, code, retryable) => {
    const cause = fromPostgres(sqlState);

    expect(toFault(cause)).toMatchObject({ code, retryable, cause });
    expect(toFault(cause)).toBeInstanceOf(Fault);
  });

  it('is found behind the error that wraps it', () => {
    const wrapped = new Error('Failed query', { cause: fromPostgres('40P01') });

    expect(toFault(wrapped)).toMatchObject({ code: 'deadlock', cause: wrapped });
  });

  it('is found among the addresses of a host name', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

    expect(toFault(new AggregateError([refused]))).toMatchObject({ code: 'database_unreachable' });
  });

  it('says that the roles come first where the one to step down to is missing', () => {
    const missing = Object.assign(fromPostgres('22023'), { message: 'role "tieout_app" does not exist' });

    expect(toFault(missing)).toMatchObject({ code: 'roles_missing', retryable: false });
    expect(toFault(fromPostgres('22023'))).not.toBeInstanceOf(Fault);
  });

  it('stays itself when it is a bug in our SQL', () => {
    const bug = fromPostgres('42601');

    expect(toFault(bug)).toBe(bug);
  });

  it('names the constraint that refused the row', () => {
    const error = new Error('outer', {
      cause: fromPostgres('23505', { constraint_name: 'inbox_request_key', table_name: 'inbox' }),
    });

    expect(violates(error, 'inbox_request_key')).toBe(true);
    expect(violates(error, 'other_key')).toBe(false);
    expect(databaseError(error)).toMatchObject({ code: '23505', table: 'inbox' });
  });
});
