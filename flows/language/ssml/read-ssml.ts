import type { SsmlElement, SsmlFault } from './ssml-element.ts';
import { SaxesParser } from 'saxes';
import { xmlFault } from './xml-fault.ts';

export type SsmlRead =
  /** `faults`: what XML allows and no speech needs. */
  | { readonly kind: 'read'; readonly root: SsmlElement; readonly faults: readonly SsmlFault[] }
  /** No XML: the first place where it breaks. */
  | ({ readonly kind: 'broken' } & SsmlFault);

/** An element that is still being read. */
interface OpenElement extends SsmlElement {
  readonly children: (SsmlElement | string)[];
}

/** Source: XML 1.0, 4.2.2; a BOM belongs to a file, not to the text in it. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads SSML as XML. Tags and values are not checked: see `ssmlProblems`.
 *
 * Source: W3C, Extensible Markup Language 1.0; SSML 1.1, "Conforming Documents".
 */
export function readSsml(text: string): SsmlRead {
  const parser = new SaxesParser({ position: true });
  const open: OpenElement[] = [];
  const faults: SsmlFault[] = [];
  let root: OpenElement | undefined;
  let broken: SsmlFault | undefined;
  let closed: SsmlElement | undefined;

  const tagBegin = () => text.lastIndexOf('<', parser.position - 1);
  const append = (child: SsmlElement | string) => open.at(-1)?.children.push(child);

  parser.on('error', ({ message }) => {
    broken ??= xmlFault(message, { text, at: parser.position, open, closed, hasRoot: root !== undefined });
  });
  parser.on('doctype', () => faults.push(notNeeded(text.indexOf('<!'), 'a document type declaration')));
  parser.on('processinginstruction', () => faults.push(notNeeded(tagBegin(), 'a processing instruction')));
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('opentag', ({ name, attributes }) => {
    const element = {
      name,
      attributes: new Map(Object.entries(attributes)),
      offset: tagBegin(),
      children: [],
    };
    append(element);
    root ??= element;
    open.push(element);
    closed = undefined;
  });
  parser.on('closetag', () => {
    closed = open.pop();
  });

  // The parser joins half a surrogate pair to whatever follows.
  const halfPair = /\p{Surrogate}/u.exec(text);
  if (halfPair) return { kind: 'broken', offset: halfPair.index, message: HALF_PAIR };
  parser.write(text).close();

  if (text.startsWith(BYTE_ORDER_MARK)) faults.unshift({ offset: 0, message: MARK_BEFORE });
  if (broken) return { kind: 'broken', ...broken };
  if (!root) return { kind: 'broken', offset: 0, message: 'There is no <speak>.' };
  return { kind: 'read', root, faults };
}

const HALF_PAIR = 'Half of a character stands here, as when a text was cut in the middle of one. Remove it.';
const MARK_BEFORE =
  'An invisible character (byte order mark) stands before <speak>. Save the text without it.';

function notNeeded(offset: number, what: string): SsmlFault {
  return { offset, message: `Here stands ${what}, which is not a part of SSML for Amazon Polly. Remove it.` };
}

/** The words in an element, as they are written, tags left out. */
export function wordsIn({ children }: SsmlElement): string {
  return children.map((child) => (typeof child === 'string' ? child : wordsIn(child))).join('');
}
