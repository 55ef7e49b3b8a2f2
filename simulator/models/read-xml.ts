import { XMLParser } from 'fast-xml-parser';
import { isRecord } from './check-value.ts';
import { isList, type Shape, type Structure } from './shape.ts';

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false });

/** An XML document as its elements, without attributes. */
export function elementsOf(xml: string): Readonly<Record<string, unknown>> {
  const parsed: unknown = parser.parse(xml);
  if (!isRecord(parsed)) return {};
  return Object.fromEntries(Object.entries(parsed).filter(([name]) => name !== '?xml'));
}

/**
 * Elements as the value that their JSON would be; what the model does not know is left as it is.
 * Source: Smithy, "XML bindings".
 */
export function fromXml(element: unknown, shape: Shape): unknown {
  if (shape.kind === 'structure' || shape.kind === 'union') return structureOf(element, shape);
  if (shape.kind === 'list') {
    const name = xmlName(shape.item(), 'member');
    if (element === '') return [];
    if (!isRecord(element) || Object.keys(element).some((one) => one !== name && !isBlank(one)))
      return element;
    return itemsOf(element[name]).map((item) => fromXml(item, shape.item()));
  }
  if (shape.kind === 'map') {
    const entries = itemsOf(isRecord(element) ? element['entry'] : undefined);
    const [key, value] = [xmlName(shape.key(), 'key'), xmlName(shape.value(), 'value')];
    return Object.fromEntries(
      entries
        .filter(isRecord)
        .map((entry) => [String(entry[key]), fromXml(entry[value], shape.value())] as const),
    );
  }
  return typeof element === 'string' ? plainFrom(element, shape) : element;
}

function structureOf(element: unknown, shape: Structure): unknown {
  if (element === '') return {};
  if (!isRecord(element)) return element;
  const children = Object.entries(element).filter(([name, child]) => !isBlank(name, child));
  return Object.fromEntries(
    children.map(([name, child]) => {
      const found = shape.members.entries().find(([member, type]) => xmlName(type(), member) === name);
      if (!found) return [name, child] as const;
      const [member, type] = found;
      const inner = type();
      const isFlat = inner.traits['xmlFlattened'] !== undefined && inner.kind === 'list';
      const value = isFlat
        ? itemsOf(child).map((item) => fromXml(item, inner.item()))
        : fromXml(child, inner);
      return [member, value] as const;
    }),
  );
}

/** A text, of a header or an element, as the value it stands for. */
export function plainFrom(text: string, { kind }: Shape): unknown {
  if (kind === 'number' && text !== '' && Number.isFinite(Number(text))) return Number(text);
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function xmlName({ traits }: Shape, otherwise: string): string {
  const { xmlName: name } = traits;
  return typeof name === 'string' ? name : otherwise;
}

/** The white space between elements. */
function isBlank(name: string, child: unknown = ''): boolean {
  return name === '#text' && String(child).trim() === '';
}

function itemsOf(child: unknown): readonly unknown[] {
  if (child === undefined) return [];
  return isList(child) ? child : [child];
}
