import wrapAnsi from 'wrap-ansi';

/** What a line of a usage text belongs to. */
type Block =
  | { readonly kind: 'paragraph'; readonly words: string }
  | { readonly kind: 'as it is'; readonly line: string }
  /** `  --json             for machines`: `column` is where the words begin. */
  | { readonly kind: 'row'; readonly term: string; readonly words: string; readonly column: number };

const ROW = /^( {2}\S+(?: \S+)*)(?:( {2,})(\S.*))?$/;
const EXAMPLE = /^ {2,}(?:vmx|npx|npm|eval|source) /;
const FEWEST_COLUMNS_OF_WORDS = 24;
const HANGING = 6;

/** A usage text for a terminal of that many columns. Examples stay as they are, however long. */
export function helpText(usage: string, columns: number): string {
  return blocksOf(usage.split('\n'))
    .map((block) => wrapped(block, columns))
    .join('\n');
}

function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    const more = continued(last, line);
    if (more) blocks[blocks.length - 1] = more;
    else blocks.push(blockOf(line));
  }
  return blocks;
}

function blockOf(line: string): Block {
  if (line === '' || EXAMPLE.test(line)) return { kind: 'as it is', line };
  const [, term, gap = '', words = ''] = ROW.exec(line) ?? [];
  if (term === undefined) return { kind: 'paragraph', words: line.trim() };
  return { kind: 'row', term, words, column: words === '' ? 0 : term.length + gap.length };
}

/** The block with this line at its end. Undefined: the line begins another one. */
function continued(block: Block | undefined, line: string): Block | undefined {
  const indent = line.length - line.trimStart().length;
  const words = line.trim();
  if (words === '' || block === undefined || block.kind === 'as it is') return undefined;
  if (block.kind === 'row' && indent > 2) {
    return { ...block, words: `${block.words} ${words}`.trim(), column: block.column || indent };
  }
  const isSynopsis = words.startsWith('vmx ') && indent === 0;
  if (block.kind === 'paragraph' && !isSynopsis && (indent === 0 || block.words.startsWith('vmx '))) {
    return { ...block, words: `${block.words} ${words}` };
  }
  return undefined;
}

function wrapped(block: Block, columns: number): string {
  if (block.kind === 'as it is') return block.line;
  if (block.kind === 'paragraph') {
    return hanging(block.words, columns, block.words.startsWith('vmx ') ? HANGING : 0);
  }
  const { term, words } = block;
  const isWide = columns - block.column >= FEWEST_COLUMNS_OF_WORDS;
  const column = isWide ? block.column : HANGING;
  if (words === '') return term;
  if (term.length + 2 > column) return `${term}\n${indented(words, columns, column)}`;
  return `${term.padEnd(column)}${indented(words, columns, column).trimStart()}`;
}

function indented(words: string, columns: number, by: number): string {
  const lines = wrapAnsi(words, columns - by).split('\n');
  return lines.map((line) => `${' '.repeat(by)}${line}`).join('\n');
}

/** All lines but the first are indented. */
function hanging(words: string, columns: number, by: number): string {
  const [first = '', ...rest] = wrapAnsi(words, columns - by).split('\n');
  return [first, ...rest.map((line) => `${' '.repeat(by)}${line}`)].join('\n');
}
