import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { AwsError } from '../../service.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** As many entities as 1,000 keys (the most one request may name) can hold. */
const MOST_ENTITIES = 1_000_000;

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: MOST_ENTITIES },
});

type Element = Readonly<Record<string, unknown>>;

/** A document in S3's namespace. Lists become repeated elements; undefined members are left out. */
export function s3Xml(root: string, members: Element): string {
  return document({ [root]: { '@xmlns': NAMESPACE, ...members } });
}

/** A document without namespace, as S3 writes errors. */
export function plainXml(root: string, members: Element): string {
  return document({ [root]: members });
}

function document(content: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(content)}`;
}

/** The root element of a request's body. Throws AwsError MalformedXML if it is another. */
export function parseXml(body: Buffer, root: string): Element {
  const parsed = parsedOrMalformed(body.toString('utf8'));
  return asElement(isElement(parsed) ? parsed[root] : undefined);
}

function parsedOrMalformed(text: string): unknown {
  try {
    return parser.parse(text, true);
  } catch (error) {
    throw error instanceof Error ? malformedXml() : error;
  }
}

/** The child elements of that name, however many there are. */
export function childrenOf(element: Element, name: string): Element[] {
  return [element[name] ?? []].flat().map(asElement);
}

/** The text of the only child of that name. Undefined if there is none. */
export function textOf(element: Element, name: string): string | undefined {
  const text = element[name];
  return typeof text === 'string' ? text : undefined;
}

/** As `textOf`, but throws AwsError MalformedXML if there is none. */
export function requireText(element: Element, name: string): string {
  const text = textOf(element, name);
  if (text === undefined) throw malformedXml();
  return text;
}

export function malformedXml(): AwsError {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema';
  return new AwsError('MalformedXML', 400, message);
}

/** An empty element is read as text. */
function asElement(value: unknown): Element {
  if (typeof value === 'string' && value.trim() === '') return {};
  if (!isElement(value)) throw malformedXml();
  return value;
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
