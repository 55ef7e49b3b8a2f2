/** A JSON document of a text. `value` is undefined if it is none. */
export interface JsonDocument {
  readonly text: string;
  readonly value: unknown;
}

/**
 * The JSON documents of a text: one, one a line, or one right after the other, as Amazon Data Firehose writes what it
 * gets. Empty for a text that is no JSON. A document among others that is none comes without a value.
 */
export function jsonDocumentsIn(text: string): readonly JsonDocument[] {
  const whole = documentOf(text);
  if (whole.value !== undefined) return [whole];
  if (!/^\s*\{/.test(text)) return [];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first, second] = lines;
  const isLines = second !== undefined && documentOf(first ?? '').value !== undefined;
  return isLines ? lines.map(documentOf) : [...joinedDocuments(text)];
}

function documentOf(text: string): JsonDocument {
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    return { text, value: undefined };
  }
}

/** Objects without anything between them. What is left after the last whole one is a document without a value. */
function* joinedDocuments(text: string): Generator<JsonDocument> {
  let start = 0;
  for (const end of objectEndsIn(text)) {
    const document = documentOf(text.slice(start, end));
    // Not even the first one: another format that has braces.
    if (start === 0 && document.value === undefined) return;
    yield document;
    start = end;
  }
  const rest = text.slice(start);
  if (start > 0 && rest.trim() !== '') yield { text: rest, value: undefined };
}

/** Where the outermost braces close. Braces in strings do not count. */
function* objectEndsIn(text: string): Generator<number> {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInString && character === '\\') at += 1;
    else if (character === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) yield at + 1;
    }
  }
}
