import { isJsonObject } from '../../gateway/protocols.ts';
import { invalid } from './input.ts';

type ValueTest = (value: unknown) => boolean;

const TOKEN =
  /\s*(?:(\$(?:\.[\w-]+|\[\d+\]|\["[^"]+"\])+)|"((?:[^"\\]|\\.)*)"|(&&|\|\||!=|<=|>=|[(){}=<>])|([^\s(){}=<>!&|"]+))/y;

interface Token {
  readonly kind: 'selector' | 'quoted' | 'sign' | 'word';
  readonly text: string;
}

/**
 * Reads `{ $.level = "ERROR" && ($.try > 2 || $.reason NOT EXISTS) }`: texts with `*` as a wildcard, numbers, `IS TRUE`,
 * `IS FALSE`, `IS NULL`, `EXISTS` and `NOT EXISTS`; `&&` binds more than `||`. A message that is not a JSON object fits
 * none. Throws AwsError InvalidParameterException.
 */
export function jsonPattern(pattern: string): (message: string) => boolean {
  const tokens = tokensIn(pattern);
  let at = 0;
  const takes = (text: string) => {
    const { kind, text: next } = tokens[at] ?? {};
    const isNext = (kind === 'sign' || kind === 'word') && next === text;
    if (isNext) at += 1;
    return isNext;
  };
  const bad = () => invalid(`Invalid filter pattern: ${pattern}`);

  function either(): ValueTest {
    const parts = [both()];
    while (takes('||')) parts.push(both());
    return (message) => parts.some((part) => part(message));
  }

  function both(): ValueTest {
    const parts = [one()];
    while (takes('&&')) parts.push(one());
    return (message) => parts.every((part) => part(message));
  }

  function one(): ValueTest {
    if (takes('(')) {
      const inside = either();
      if (!takes(')')) throw bad();
      return inside;
    }
    const { kind, text: selector = '' } = tokens[at++] ?? {};
    if (kind !== 'selector') throw bad();
    const test = comparison();
    return (message) => test(valueAt(message, selector));
  }

  function comparison(): ValueTest {
    if (takes('EXISTS')) return (value) => value !== undefined;
    if (takes('NOT')) {
      if (takes('EXISTS')) return (value) => value === undefined;
      throw bad();
    }
    if (takes('IS')) {
      if (takes('NULL')) return (value) => value === null;
      if (takes('TRUE')) return (value) => value === true;
      if (takes('FALSE')) return (value) => value === false;
      throw bad();
    }
    const operator = Object.keys(OPERATORS).find(takes);
    const wanted = tokens[at++];
    const test = operator === undefined ? undefined : OPERATORS[operator];
    if (!test || !wanted || (wanted.kind !== 'quoted' && wanted.kind !== 'word')) throw bad();
    return test(wanted);
  }

  if (!takes('{')) throw bad();
  const test = either();
  if (!takes('}') || at < tokens.length) throw bad();
  return (message) => {
    const value = parsed(message);
    return isJsonObject(value) && test(value);
  };
}

const equal = (wanted: Token): ValueTest => {
  const number = wanted.kind === 'word' ? Number(wanted.text) : NaN;
  if (!Number.isNaN(number)) return (value) => value === number;
  const source = wanted.text
    .split('*')
    .map((part) => RegExp.escape(part))
    .join('.*');
  const expression = new RegExp(`^${source}$`, 's');
  return (value) =>
    (typeof value === 'string' || typeof value === 'number') && expression.test(String(value));
};

const numeric =
  (holds: (value: number, wanted: number) => boolean) =>
  ({ text }: Token): ValueTest =>
  (value) =>
    typeof value === 'number' && holds(value, Number(text));

/** A member that is not there is not unequal either: AWS fits nothing without it. */
const OPERATORS: Readonly<Record<string, (wanted: Token) => ValueTest>> = {
  '=': equal,
  '!=': (wanted) => {
    const fits = equal(wanted);
    return (value) => value !== undefined && !fits(value);
  },
  '<=': numeric((value, wanted) => value <= wanted),
  '>=': numeric((value, wanted) => value >= wanted),
  '<': numeric((value, wanted) => value < wanted),
  '>': numeric((value, wanted) => value > wanted),
};

function tokensIn(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < pattern.length) {
    const [, selector, quoted, sign, word] = TOKEN.exec(pattern) ?? [];
    if (selector !== undefined) tokens.push({ kind: 'selector', text: selector });
    else if (quoted !== undefined) {
      tokens.push({ kind: 'quoted', text: quoted.replaceAll(/\\(.)/gs, '$1') });
    } else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else throw invalid(`Invalid filter pattern: ${pattern}`);
  }
  return tokens;
}

/** `$.a.b[0]["c d"]`. Undefined: it is not there. */
function valueAt(message: unknown, selector: string): unknown {
  let value = message;
  for (const [, name, index, quoted] of selector.matchAll(/\.([\w-]+)|\[(\d+)\]|\["([^"]+)"\]/g)) {
    const key = name ?? quoted;
    if (index !== undefined) value = Array.isArray(value) ? value[Number(index)] : undefined;
    else value = isJsonObject(value) && key !== undefined ? value[key] : undefined;
  }
  return value;
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
