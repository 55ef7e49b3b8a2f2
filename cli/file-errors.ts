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

/** What Node threw because of a file that a person named. Undefined: it is another error. */
export function fileErrorInWords(error: unknown): string | undefined {
  const words = diskErrorInWords(error);
  if (words === undefined || !(error instanceof Error) || !('path' in error)) return undefined;
  const isWritten = 'syscall' in error && WRITES.test(String(error.syscall));
  return `${String(error.path)} cannot be ${isWritten ? 'written' : 'opened'}: ${words}`;
}

/** The same, without the file. */
export function diskErrorInWords(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? WORDS[String(error.code)] : undefined;
}
