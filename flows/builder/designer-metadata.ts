import { createHash } from 'node:crypto';
import { jsonPathsIn } from '../language/json-path.ts';
import type { Position } from './layout.ts';
import type { AnyStep } from './step.ts';

/** How the designer writes an operator. */
const OPERATORS: Readonly<Record<string, { name: string; value: string; shortDisplay: string }>> = {
  Equals: { name: 'Equals', value: 'Equals', shortDisplay: '=' },
  NumberGreaterThan: { name: 'Is greater than', value: 'GreaterThan', shortDisplay: '>' },
  TextStartsWith: { name: 'Starts with', value: 'StartsWith', shortDisplay: 'starts with' },
  TextContains: { name: 'Contains', value: 'Contains', shortDisplay: 'contains' },
};

/** Actions whose conditions are written by people, and listed in the designer. */
const WITH_CONDITIONS = ['Compare', 'GetParticipantInput', 'ShowView'];

/** What Connect's designer stores about one block. A running flow does not use it. */
export function designerMetadata(name: string, step: AnyStep, position: Position): Record<string, unknown> {
  const { type, parameters = {}, conditions = [] } = step;
  const dynamic = dynamicParameters(parameters);
  return {
    position,
    isFriendlyName: true,
    ...(dynamic !== undefined && { parameters: dynamic }),
    ...(type === 'UpdateContactAttributes' && { dynamicParams: dynamicKeys(parameters) }),
    ...(type === 'UpdateContactMediaStreamingBehavior' && directions(parameters)),
    ...(WITH_CONDITIONS.includes(type) && {
      conditions: [],
      conditionMetadata: conditions.map(({ operator, operand }, index) => ({
        id: stableId(`${name}/${index}`),
        operator: OPERATORS[operator] ?? { name: operator, value: operator, shortDisplay: operator },
        value: operand,
      })),
    }),
  };
}

/** `{ useDynamic: true }` for each parameter that is one path, nested as the parameters are. */
function dynamicParameters(value: unknown): unknown {
  if (typeof value === 'string') return isPath(value) ? { useDynamic: true } : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, member]) => {
    const marked = dynamicParameters(member);
    return marked === undefined ? [] : [[key, marked] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function dynamicKeys(parameters: unknown): string[] {
  const attributes = memberOf(parameters, 'Attributes');
  return typeof attributes === 'object' && attributes !== null
    ? Object.entries(attributes).flatMap(([key, value]) => (isPath(value) ? [key] : []))
    : [];
}

function directions(parameters: unknown): { toCustomer: boolean; fromCustomer: boolean } {
  const written = JSON.stringify(memberOf(parameters, 'Participants'));
  return { toCustomer: written.includes('"To"'), fromCustomer: written.includes('"From"') };
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && jsonPathsIn(value).some((path) => path.text === value);
}

/** The designer requires a UUID; the same flow must always have the same one. */
function stableId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
