import type { Admin } from '../admin.ts';
import type { Json } from '../blocks/checks.ts';
import { Impossible } from '../person.ts';

const str = (args: Json, name: string): string => {
  const value = args[name];
  if (typeof value !== 'string' || value === '')
    throw new Impossible(`"${name}" must be a text that is not empty.`);
  return value;
};
const orApp = (args: Json): [string] | [] => (typeof args.user === 'string' ? [args.user] : []);

/** What administrators do, by the last part of `/local/admin/...`. */
const ACTS: Record<string, (admin: Admin, args: Json) => void> = {
  archive: (admin, args) => admin.archive(str(args, 'channel')),
  unarchive: (admin, args) => admin.unarchive(str(args, 'channel')),
  rename: (admin, args) => admin.rename(str(args, 'channel'), str(args, 'name')),
  remove: (admin, args) => admin.remove(str(args, 'channel'), ...orApp(args)),
  invite: (admin, args) => admin.invite(str(args, 'channel'), ...orApp(args)),
  delete_message: (admin, args) => admin.deleteMessage(str(args, 'channel'), str(args, 'ts')),
  deactivate: (admin, args) => admin.deactivate(str(args, 'user')),
  reactivate: (admin, args) => admin.reactivate(str(args, 'user')),
  revoke: (admin, args) => admin.revoke({ uninstall: args.uninstall === true }),
  restore: (admin) => admin.restore(),
};

/** Does what an administrator asked on the page. */
export function administer(admin: Admin, name: string, args: Json): { ok: true } {
  const act = ACTS[name];
  if (!act) throw new Impossible(`An administrator can ${Object.keys(ACTS).join(', ')}; not "${name}".`);
  act(admin, args);
  return { ok: true };
}
