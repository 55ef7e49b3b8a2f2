import { tmpdir } from 'node:os';

/** By Node's code: what is wrong with a file. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'it is on a disk that cannot be written to',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'there is no space left on the disk',
  EDQUOT: 'there is no space left for this user',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
};

const WRITES = /^(?:mkdir|mkdtemp|write|rename|copyfile|unlink|rm)/;
const IS_FULL = ['ENOSPC', 'EDQUOT', 'EROFS'];

/** How esbuild says that a bundle cannot be written, and Node's code for its words. */
const BUNDLE =
  /^error: Failed to (?:write to output file|create output directory): (?:\w+ )?(.+): ([\w -]+)$/m;
const BUNDLE_CODES: Readonly<Record<string, string>> = {
  'no space left on device': 'ENOSPC',
  'disk quota exceeded': 'EDQUOT',
  'permission denied': 'EACCES',
  'operation not permitted': 'EPERM',
  'read-only file system': 'EROFS',
  'not a directory': 'ENOTDIR',
};

/**
 * What Node or esbuild threw because of a file that a person named, or that a disk does not take. Undefined: it is
 * another error.
 */
export function fileErrorInWords(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, bundle = '', reason = ''] = BUNDLE.exec(error.message) ?? [];
  const [why] = [BUNDLE_CODES[reason]].flatMap((code) => WORDS[code ?? ''] ?? []);
  if (why !== undefined) return `${bundle} cannot be written: ${why}`;
  const words = diskErrorInWords(error);
  if (words === undefined) return undefined;
  const isWritten = 'syscall' in error && WRITES.test(String(error.syscall));
  if ('path' in error) return `${String(error.path)} cannot be ${isWritten ? 'written' : 'opened'}: ${words}`;
  // While it writes into an open file, Node does not know the name any more.
  const isFull = isWritten && 'code' in error && IS_FULL.includes(String(error.code));
  return isFull ? `a file cannot be written: ${words}; temporary files are in ${tmpdir()}` : undefined;
}

/** The same, without the file. */
export function diskErrorInWords(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? WORDS[String(error.code)] : undefined;
}
