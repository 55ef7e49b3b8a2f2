import { contactAttributes } from '../src/domain/contact-attributes.ts';

/** The rows of each table of contact attributes in the documentation, by the word in its mark. */
const TABLES: Readonly<Record<string, () => readonly (readonly string[])[]>> = {
  /** The attributes that the flow of a call can set. Two names of one meaning share a row. */
  call: () => [
    ['Attribute', 'Meaning', 'If absent or empty'],
    ...contactAttributes().flatMap(([name, { setByFlow, winsOver }]) =>
      setByFlow && winsOver === undefined ? [[inRow(name), setByFlow.meaning, setByFlow.otherwise]] : [],
    ),
  ],
  /** The attributes that the flows of this product take from the flow before. */
  'our-flows': () => [
    ['Attribute', 'Meaning', 'If not set'],
    ...contactAttributes().flatMap(([name, { setByFlow }]) =>
      setByFlow?.inOurFlows === undefined ? [] : [[code(name), setByFlow.meaning, setByFlow.inOurFlows]],
    ),
  ],
  /** What delivery sets on a task. */
  task: () => [
    ['Attribute of the task', 'Meaning'],
    ...contactAttributes().flatMap(([name, { setByDelivery }]) =>
      setByDelivery === undefined ? [] : [[code(name), setByDelivery]],
    ),
  ],
};

export const ATTRIBUTE_TABLES: readonly string[] = Object.keys(TABLES);

const TABLE = /(<!-- attributes: ([a-z-]+) -->\n)(?:\|.*\n)*/g;

/** Returns the document with new tables of attributes: the rows after `<!-- attributes: call -->`. */
export function withAttributeTables(document: string): string {
  return document.replaceAll(TABLE, (whole: string, mark: string, key: string) => {
    const [head = [], ...rows] = TABLES[key]?.() ?? [];
    if (rows.length === 0) return whole;
    const ruler = head.map(() => '---');
    return mark + [head, ruler, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
  });
}

function inRow(name: string): string {
  const sameAs = contactAttributes().flatMap(([other, { winsOver }]) => (winsOver === name ? [other] : []));
  return [...sameAs, name].map(code).join(', else ');
}

function code(name: string): string {
  return `\`${name}\``;
}
