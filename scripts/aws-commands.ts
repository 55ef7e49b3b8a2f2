import { globSync, readFileSync } from 'node:fs';

/** One command of the AWS CLI that a document prints. */
export interface AwsCommand {
  /** `docs/restore.md` */
  readonly document: string;
  /** Counted from 1. */
  readonly line: number;
  /** As a shell splits it, without quotes: `['aws', 'sqs', 'list-queues']`. */
  readonly words: readonly string[];
}

/** The documents that people read. The list of changes is about the past: its commands need not run. */
export const DOCUMENTS = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'simulator/README.md',
  'docs/**/*.md',
];

/** Every command of the AWS CLI in these documents, in order. `patterns` are globs from the folder of the project. */
export function commandsOfDocuments(patterns: readonly string[] = DOCUMENTS): readonly AwsCommand[] {
  return patterns
    .flatMap((pattern) => globSync(pattern).toSorted())
    .flatMap((document) => commandsIn(readFileSync(document, 'utf8'), document));
}

const INLINE = /`(aws [a-z0-9-]+ [a-z][^`]*)`/g;
/** Where a command begins in a line of a shell: at its beginning, in `$(…)` or braces, after a pipe or `do`. */
const IN_SHELL = /(?:^|\$\(|\{|\||&&|;|\bdo\b)\s*(aws .*)/;

/** The lines of a document's blocks of code that begin with `$`, without it. A backslash joins lines. */
export function sessionIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```\n([^]*?)^```/gm)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    [...block.replaceAll(/\\\n\s*/g, '').matchAll(/^\$ (.*)$/gm)].map(([, line = '']) => line),
  );
}

/** Those in blocks of code, and those between backticks in sentences. A backslash joins lines. */
export function commandsIn(text: string, document: string): readonly AwsCommand[] {
  const commands: AwsCommand[] = [];
  const lines = text.split('\n');
  let fenced = false;
  for (let i = 0; i < lines.length; i++) {
    const first = lines[i] ?? '';
    if (/^\s*```/.test(first)) fenced = !fenced;
    const line = i + 1;
    let whole = first;
    while (whole.endsWith('\\')) whole = `${whole.slice(0, -1)}${lines[++i] ?? ''}`;
    const found =
      fenced || first.startsWith('    ')
        ? [IN_SHELL.exec(whole.replace(/^\s*\$ /, ''))?.[1] ?? '']
        : [...whole.matchAll(INLINE)].map(([, command = '']) => command);
    for (const command of found) {
      const words = wordsOf(command);
      if (words.length > 2) commands.push({ document, line, words });
    }
  }
  return commands;
}

const WORD = /"((?:[^"\\]|\\.)*)"|'([^']*)'|([|;>)&])|([^\s"'|;>)&]+)/gy;

/** A shell's words up to the end of the command: a pipe, a redirection, a closing parenthesis. */
function wordsOf(command: string): readonly string[] {
  const words: string[] = [];
  let open = false;
  WORD.lastIndex = 0;
  while (WORD.lastIndex < command.length) {
    if (/\s/.test(command[WORD.lastIndex] ?? '')) {
      open = false;
      WORD.lastIndex += 1;
      continue;
    }
    const match = WORD.exec(command);
    const [, double, single, end, plain] = match ?? [];
    if (!match || end !== undefined) break;
    const part = double?.replaceAll(/\\(.)/g, '$1') ?? single ?? plain ?? '';
    words.push(open ? `${words.pop() ?? ''}${part}` : part);
    open = true;
  }
  return words;
}
