import { globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Where simulators of this checkout say how they are reached. */
const FOLDER = join(import.meta.dirname, '../dist/simulators');

const announcementSchema = z.object({ endpoint: z.url(), pid: z.number() });

/** What a simulator says about itself for commands that look for it; it may have ended since. */
export interface Announcement extends z.infer<typeof announcementSchema> {
  readonly file: string;
}

/** Says how this process's simulator is reached. Returns a function that takes it back. */
export function announce(endpoint: string, folder: string = FOLDER): () => void {
  const file = join(folder, `${process.pid}.json`);
  mkdirSync(folder, { recursive: true });
  // A reader sees all of it or nothing.
  writeFileSync(`${file}.new`, JSON.stringify({ endpoint, pid: process.pid }));
  renameSync(`${file}.new`, file);
  return () => rmSync(file, { force: true });
}

/** Those of this checkout, the newest first. A file that says something else is left out. */
export function announcements(folder: string = FOLDER): readonly Announcement[] {
  return globSync(join(folder, '*.json'))
    .flatMap((file) => {
      const found = read(file);
      return found ? [found] : [];
    })
    .toSorted((one, other) => other.sinceMs - one.sinceMs);
}

/** For one that was found to have ended without taking it back. */
export function withdraw({ file }: Announcement): void {
  rmSync(file, { force: true });
}

/** Undefined: it has just been taken back, or is no announcement. */
function read(file: string): (Announcement & { readonly sinceMs: number }) | undefined {
  try {
    const { data } = announcementSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return data && { ...data, file, sinceMs: statSync(file).mtimeMs };
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}
