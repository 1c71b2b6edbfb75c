import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl, withDatabase, withLogin } from '../../../src/db/url.ts';

describe('a database address', () => {
  it('is read into its parts, escapes included', () => {
    expect(
      parseDatabaseUrl('postgres://us%40er:p%2Fw@db.example:6432/tie%20out?application_name=x'),
    ).toMatchObject({
      host: 'db.example',
      port: 6432,
      database: 'tie out',
      user: 'us@er',
      password: 'p/w',
      settings: { application_name: 'x' },
    });
  });

  it('may name a socket folder', () => {
    expect(parseDatabaseUrl('postgres:///tieout?host=/run/postgresql')).toMatchObject({
      host: '/run/postgresql',
      ssl: false,
    });
  });

  it.each([
    ['localhost', undefined, false],
    ['127.0.0.1', 'disable', false],
    ['db.example', undefined, 'prefer'],
    ['db.example', 'require', 'require'],
  ])('asks %s with sslmode %s for TLS: %s', (host, mode, expected) => {
    expect(
      parseDatabaseUrl(`postgres://u:p@${host}/t${mode === undefined ? '' : `?sslmode=${mode}`}`).ssl,
    ).toBe(expected);
  });

  it('checks the name in the certificate only with verify-full', () => {
    const certificate = { subject: { CN: 'other.example' }, subjectaltname: 'DNS:other.example' };
    const check = (mode: string) => {
      const { ssl } = parseDatabaseUrl(`postgres://u:p@db.example/t?sslmode=${mode}`);
      return (
        ssl as { checkServerIdentity: (host: string, seen: object) => Error | undefined }
      ).checkServerIdentity('', certificate);
    };

    expect(check('verify-ca')).toBeUndefined();
    expect(check('verify-full')).toBeInstanceOf(Error);
  });

  it.each([
    ['postgres://u:hush@db.example/t?sslmode=disable', /in the clear: use sslmode=verify-full/],
    ['postgres://u:hush@db.example/t?sslmode=maybe', /sslmode=maybe/],
    ['postgres://u:hush@db.example/t?pool_size=4', /does not understand the parameter pool_size/],
    ['postgres://u:hush@a.example,b.example/t', /several hosts/],
    ['postgres://u:hush@db.example', /names no database/],
    ['mysql://u:hush@db.example/t', /is not a database address/],
    ['hush', /is not a database address/],
    ['postgres://u:hush%zz@db.example/t', /a % that is no escape: write it as %25/],
    ['postgres://u:hush@db.example/t%', /a % that is no escape: write it as %25/],
    ['postgres://u:hush@db.example/t?sslrootcert=/nowhere.pem', /\/nowhere\.pem cannot be read/],
  ])('refuses %s, naming the variable and not the password', (url, reason) => {
    const attempt = () => parseDatabaseUrl(url, 'TEST_DATABASE_URL');

    expect(attempt).toThrow(reason);
    expect(attempt).toThrow(/^TEST_DATABASE_URL/);
    expect(attempt).not.toThrow(/hush/);
  });

  it('is changed in one part only', () => {
    expect(withDatabase('postgres://u:p@h:1/a?sslmode=require', 'b')).toBe(
      'postgres://u:p@h:1/b?sslmode=require',
    );
    expect(withLogin('postgres://u:p@h:1/a', 'v', 'q/')).toBe('postgres://v:q%2F@h:1/a');
  });
});
