import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const DOCUMENTS = globSync(['*.md', 'docs/**/*.md', 'simulator/**/*.md', 'samples/**/*.md']);
const WRAPPED = globSync(['README.md', 'SECURITY.md', 'docs/**/*.md', 'samples/**/*.md']);
const LONGEST_LINE_CHARACTERS = 120;

test('every link in the documents leads to a file, and to a heading in it', () => {
  const links = DOCUMENTS.flatMap((file) => linksOf(textOf(file)).map((target) => ({ file, target })));

  assert.ok(links.length > 60, String(links.length));
  assert.deepEqual(
    links.filter(({ file, target }) => !leadsSomewhere(file, target)),
    [],
  );
});

test('every page in docs is linked to from the README', () => {
  const linked = new Set(linksOf(textOf('README.md')).map((target) => target.split('#', 1)[0]));
  const pages = globSync('docs/*.md').filter((file) => !linked.has(file));

  assert.deepEqual(pages, []);
});

test(`no line of the documents is longer than ${LONGEST_LINE_CHARACTERS} characters, rows of tables included`, () => {
  const longer = WRAPPED.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line, index) => ({ at: `${file}:${index + 1}`, characters: line.length, line }))
      .filter(({ characters, line }) => characters > LONGEST_LINE_CHARACTERS && !isOneWord(line))
      .map(({ at, characters }) => `${at}: ${characters}`),
  );

  assert.deepEqual(longer, []);
});

/** A document without its fenced code. */
function textOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/^ *```[^]*?^ *```/gm, '');
}

/** `[text](target)` and `[name]: target`, without addresses in the web and `code`. */
function linksOf(markdown: string): readonly string[] {
  const text = markdown.replace(/`[^`]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm)]
    .map(([, inline, named]) => inline ?? named ?? '')
    .filter((target) => !/^(https?|mailto):/.test(target));
}

function leadsSomewhere(file: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const to = path === '' ? file : relative('.', join(dirname(file), path));
  if (!existsSync(to)) return false;
  return anchor === undefined || (statSync(to).isFile() && anchorsOf(textOf(to)).has(anchor));
}

/** Headings as GitHub and GitLab write them into addresses. Same headings get a number. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, title = ''] of markdown.matchAll(/^#{1,6} (.+)$/gm)) {
    const anchor = title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-');
    let free = anchor;
    for (let more = 1; anchors.has(free); more += 1) free = `${anchor}-${more}`;
    anchors.add(free);
  }
  return anchors;
}

/** An address or a table row of a single long value, which nobody can wrap. */
function isOneWord(line: string): boolean {
  return !/\S\s+\S/.test(line.trim());
}
