import type { SsmlElement, SsmlFault } from './ssml-element.ts';

/** The parser's position when it found that a text is not XML. */
interface ParserState {
  readonly text: string;
  /** Behind the character at which it noticed. */
  readonly at: number;
  /** The elements that are open, the outermost first. */
  readonly open: readonly SsmlElement[];
  /** The element that a closing tag has just closed, its own or not. */
  readonly closed: SsmlElement | undefined;
  readonly hasRoot: boolean;
}

const NOT_READ_AS_TEXT = /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<\?[^]*?(?:\?>|$)/g;
/** An ampersand that begins no entity: what follows is no name or number with a semicolon. */
const BARE_AMPERSAND = /&(?!#\d+;|#x[0-9a-f]+;|[\p{L}_:][\p{L}\p{N}_:.-]*;)/iu;
const CURLY_QUOTE = /[“”„«»‘’]/;

/** The fault in words, with the place where a person has to write something else. */
export function xmlFault(parserMessage: string, state: ParserState): SsmlFault {
  return bareAmpersand(state) ?? knownFault(parserMessage, state) ?? otherFault(parserMessage, state);
}

/** The parser reads from an ampersand to the next semicolon and complains there, or at the end. */
function bareAmpersand({ text, at }: ParserState): SsmlFault | undefined {
  const visible = text.replaceAll(NOT_READ_AS_TEXT, (hidden) => ' '.repeat(hidden.length));
  const offset = BARE_AMPERSAND.exec(visible)?.index;
  if (offset === undefined || offset >= at) return undefined;
  return { offset, message: '"&" begins an entity in SSML. Write &amp; for the sign.' };
}

function knownFault(parserMessage: string, state: ParserState): SsmlFault | undefined {
  const { text, at } = state;
  const tag = text.lastIndexOf('<', at - 1);
  switch (parserMessage.replace(/^\d+:\d+: /, '').replace(/: .*|\.$/s, '')) {
    case 'undefined entity':
      return unknownEntity(state);
    case 'malformed character entity':
      return { offset: text.lastIndexOf('&', at - 1), message: 'XML has no character of this number.' };
    case 'disallowed character in tag name':
      return { offset: tag, message: '"<" begins a tag in SSML. Write &lt; for the sign.' };
    case 'unquoted attribute value':
      return { offset: at - 1, message: unquoted(text.charAt(at - 1)) };
    case 'duplicate attribute':
      return { offset: tag, message: `The tag has two attributes of one name. Remove one of them.` };
    case 'attribute without value':
    case 'disallowed character in attribute name':
    case 'no whitespace between attributes':
    case 'forward-slash in opening tag not followed by >':
    case 'disallowed character in closing tag':
      return { offset: tag, message: 'This tag is not written as <name attribute="value"> is.' };
    case 'unclosed tag':
    case 'unexpected end':
      return unclosed(state);
    case 'unexpected close tag':
    case 'unmatched closing tag':
      return wrongEnd(state, tag);
    case 'text data outside of root node':
      return textOutside(state);
    case 'documents may contain only one root':
      return { offset: tag, message: `A second tag stands after </speak>. ${WITHIN}` };
    case 'document must contain a root element':
      return text.includes('<') ? unclosed(state) : { offset: 0, message: `There is no <speak>. ${WITHIN}` };
    case 'an XML declaration must be at the start of the document':
      return {
        offset: tag,
        message: 'Here stands <?xml …?>, which may only be at the very beginning. Remove it.',
      };
    case 'malformed comment':
      return { offset: at - 1, message: 'A comment must not have "--" in it. Remove it.' };
    default:
      return undefined;
  }
}

const WITHIN = 'Put everything between one <speak> and </speak>.';

function otherFault(parserMessage: string, { text, at }: ParserState): SsmlFault {
  const offset = Math.max(0, Math.min(at, text.length) - 1);
  const character = text.charAt(offset);
  if (parserMessage.includes('"]]>"'))
    return { offset, message: '"]]>" is not allowed here. Write ]]&gt; instead.' };
  if (!parserMessage.includes('disallowed character.')) {
    return { offset, message: `This is no XML: ${parserMessage.replace(/^\d+:\d+: /, '')}` };
  }
  if (character === '<') return { offset, message: '"<" is not allowed in a value. Write &lt; instead.' };
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { offset, message: `The invisible character U+${code} is not allowed in SSML. Remove it.` };
}

function unknownEntity({ text, at }: ParserState): SsmlFault {
  const offset = text.lastIndexOf('&', at - 1);
  const entity = text.slice(offset, at);
  const message =
    `${entity} is not an entity of XML, which has only &amp;, &lt;, &gt;, &quot; and &apos;. Write the ` +
    'character itself, or its number, as &#160; for a fixed space; &amp; is the sign &.';
  return { offset, message };
}

function unquoted(character: string): string {
  return CURLY_QUOTE.test(character)
    ? `The quotation mark ${character} is a curly one. Write a straight one, ".`
    : 'The value of an attribute must stand in quotation marks, as in time="1s".';
}

function unclosed({ text, at, open, hasRoot }: ParserState): SsmlFault {
  const begin = text.lastIndexOf('<');
  if (!hasRoot || text.indexOf('>', begin) < 0) {
    return { offset: Math.max(0, begin), message: 'The text ends before this is closed.' };
  }
  const { name, offset } = open.at(-1) ?? { name: 'speak', offset: at };
  return { offset, message: `<${name}> is never closed. Write </${name}> where it ends, or <${name}/>.` };
}

function wrongEnd({ text, at, open, closed }: ParserState, offset: number): SsmlFault {
  const end = text.slice(offset, at);
  const isOpen = open.some(({ name }) => end.slice('</'.length, -'>'.length).trim() === name);
  if (!closed || !isOpen) return { offset, message: `${end} closes a tag that is not open. Remove it.` };
  const { name } = closed;
  return {
    offset,
    message: `${end} stands before <${name}> is closed. Write </${name}> or <${name}/> first.`,
  };
}

function textOutside({ text, at, hasRoot }: ParserState): SsmlFault {
  const from = hasRoot ? text.lastIndexOf('>', at - 2) + 1 : 0;
  const offset = from + text.slice(from).search(/\S/);
  if (hasRoot) return { offset, message: `Text stands after </speak>. ${WITHIN}` };
  const what = text.includes('<') ? 'Text stands before the first tag.' : 'There is no <speak>.';
  return { offset, message: `${what} ${WITHIN}` };
}
