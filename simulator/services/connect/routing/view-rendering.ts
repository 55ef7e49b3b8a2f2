import { isJsonObject } from '../../../gateway/protocols.ts';

const REFERENCE = /\$(?:\.[A-Za-z_][\w-]*|\[\d+\])+/g;

/**
 * A view's content with its references replaced, as the agent's workspace draws it.
 *
 * A text that is one reference, `$.facts.Items[0].Value`, becomes the value itself; within a text, the
 * value's text. A missing value is empty. As in the real workspace nothing is escaped: a `TemplateString` is
 * drawn unchanged.
 */
export function renderView(content: unknown, data: unknown): unknown {
  if (typeof content === 'string') return filledIn(content, data);
  if (Array.isArray(content)) return content.map((one) => renderView(one, data));
  if (!isJsonObject(content)) return content;
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, renderView(value, data)]));
}

function filledIn(text: string, data: unknown): unknown {
  const [first] = text.match(REFERENCE) ?? [];
  if (first === text) return valueAt(data, first) ?? '';
  return text.replace(REFERENCE, (path) => textOf(valueAt(data, path)));
}

function valueAt(data: unknown, path: string): unknown {
  return [...path.matchAll(/[\w-]+/g)].reduce<unknown>((value, [key]) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, data);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
