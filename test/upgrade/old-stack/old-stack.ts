import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Ending } from '../../ending.ts';
import { brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';

/** Version 0.1.0, in the middle of its life: before stacks had an output `Version`. */
export const OLD_COMMIT = 'cb09507291b5eba47d8b01a90e51f541927e2dc4';

/** What `npm run synth` made of that commit and its sample settings. See the README beside it. */
export const OLD_STACK_FILE = join(import.meta.dirname, 'cb09507.json.br');

/** The fixture's text: file by path, as JSON. */
export function oldStackText(): string {
  return brotliDecompressSync(readFileSync(OLD_STACK_FILE)).toString('utf8');
}

/** Writes the old version's cloud assembly into a folder that is removed at the end. Returns the folder. */
export function oldAssembly(t: Ending, patch = (text: string) => text): string {
  const folder = mkdtempSync(join(tmpdir(), 'old-stack-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = z.record(z.string(), z.string()).parse(JSON.parse(patch(oldStackText())));
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}
