// Compares package-lock.json with what npm says it put into node_modules.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const readPackages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** musl or glibc; asked only when an entry depends on it, since the report costs some milliseconds. */
function libcOfThisMachine() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/** npm's rule: the list names what is allowed, or with "!" what is not. */
function allows(list, value) {
  if (list === undefined) return true;
  if (list.includes(`!${value}`)) return false;
  const positive = list.filter((item) => !item.startsWith('!'));
  return positive.length === 0 || positive.includes(value) || positive.includes('any');
}

const fitsThisMachine = ({ os, cpu, libc }) =>
  allows(os, process.platform) &&
  allows(cpu, process.arch) &&
  (libc === undefined || process.platform !== 'linux' || allows(libc, libcOfThisMachine()));

/** Whether npm must have installed this entry here. */
function isNeeded(entry, want) {
  if (entry.link || entry.inBundle) return false;
  if ((entry.dev || entry.devOptional) && !want.dev) return false;
  if (!entry.optional && !entry.devOptional) return true;
  if (!want.optional) return false;
  // An optional entry without a platform may be absent because the one that wants it is (wasm fallbacks).
  const isForPlatforms = entry.os !== undefined || entry.cpu !== undefined;
  return isForPlatforms && fitsThisMachine(entry);
}

const acceptedPath = (root) => join(root, 'node_modules', '.tieout-not-available');
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** What is not as package-lock.json says: [] when all is well. Optional entries accepted as missing do not count. */
export function differences(root, want) {
  const locked = readPackages(join(root, 'package-lock.json'));
  const listPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(listPath))
    return [{ name: 'node_modules', why: 'nothing is installed yet', isOptional: false }];

  const installed = readPackages(listPath);
  const found = Object.entries(locked).flatMap(([path, entry]) => {
    if (path === '' || !isNeeded(entry, want)) return [];
    const why = whyDifferent(root, path, { entry, there: installed[path] });
    return why === undefined
      ? []
      : [{ name: path.replace(/^.*node_modules\//, ''), why, isOptional: !!entry.optional }];
  });
  return found.some(({ isOptional }) => isOptional) ? withoutAccepted(root, found) : found;
}

function whyDifferent(root, path, { entry, there }) {
  const name = path.replace(/^.*node_modules\//, '');
  if (there === undefined) return `${name} is missing`;
  if (there.version !== entry.version) return `${name} is ${there.version} instead of ${entry.version}`;
  if (there.integrity !== entry.integrity) return `${name} is not the copy that package-lock.json names`;
  if (!existsSync(join(root, path, 'package.json'))) return `the folder of ${name} is gone`;
  return undefined;
}

function withoutAccepted(root, found) {
  if (!existsSync(acceptedPath(root))) return found;
  const { lock, names } = JSON.parse(readFileSync(acceptedPath(root), 'utf8'));
  if (lock !== lockHash(root)) return found;
  return found.filter(({ name, isOptional }) => !(isOptional && names.includes(name)));
}

/** Remembers optional packages that npm could not get, so that the next start does not try again. */
export function acceptMissing(root, missing) {
  const names = missing.map(({ name }) => name);
  writeFileSync(acceptedPath(root), JSON.stringify({ lock: lockHash(root), names }));
}
