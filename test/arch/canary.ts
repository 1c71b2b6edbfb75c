import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

const settings = z.looseObject({ vcs: z.looseObject({ enabled: z.boolean() }) });
const report = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});

export type Complaints = ReadonlyMap<string, readonly string[]>;

/** The rules that Biome, with this project's biome.json, finds broken per file of a tree that is thrown away afterwards. */
export function complaintsOf(tree: ReadonlyMap<string, string>): Complaints {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-canary-'));
  try {
    for (const [path, text] of tree) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(join(folder, 'biome.json'), ourSettings());
    return byFile(lint(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Ours, word for word, but for git: the thrown-away tree is no repository. */
function ourSettings(): string {
  const { $schema: _, ...ours } = settings.parse(JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8')));
  return JSON.stringify({ ...ours, vcs: { ...ours.vcs, enabled: false } });
}

function lint(folder: string): z.infer<typeof report>['diagnostics'] {
  const args = [BIOME, 'lint', '.', '--reporter=json', '--max-diagnostics=none'];
  try {
    return read(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }));
  } catch (error) {
    // Exit code 1 with a report is the expected outcome: a canary was caught.
    if (error instanceof Error && 'stdout' in error && String(error.stdout).startsWith('{')) {
      return read(String(error.stdout));
    }
    throw error;
  }
}

const read = (text: string): z.infer<typeof report>['diagnostics'] =>
  report.parse(JSON.parse(text)).diagnostics;

function byFile(diagnostics: z.infer<typeof report>['diagnostics']): Complaints {
  const complaints = new Map<string, string[]>();
  for (const { category, location } of diagnostics) {
    const before = complaints.get(location.path) ?? [];
    complaints.set(location.path, [...before, category.split('/').at(-1) ?? category]);
  }
  return complaints;
}
