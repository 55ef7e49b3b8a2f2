import type { FlowAction, FlowDocument } from '../../../../flows/language/document.ts';
import { isTextOf } from './template-text.ts';

/**
 * Differences between a flow and its template, one sentence each. The positions of blocks in the designer and
 * their order in the document do not count.
 */
export function flowDifferences(template: FlowDocument, flow: FlowDocument): readonly string[] {
  const were = new Map(template.Actions.map((action) => [action.Identifier, action]));
  const are = new Map(flow.Actions.map((action) => [action.Identifier, action]));
  return [
    ...(isSame(template.StartAction, flow.StartAction) ? [] : [`it starts at "${flow.StartAction}"`]),
    ...[...were.keys()].filter((name) => !are.has(name)).map((name) => `"${name}" is gone`),
    ...[...are.keys()].filter((name) => !were.has(name)).map((name) => `"${name}" is new`),
    ...[...were].flatMap(([name, was]) => {
      const is = are.get(name);
      return is && !isSame(compared(was), compared(is)) ? [`"${name}" is changed`] : [];
    }),
  ];
}

/** The parts that count. Absent and empty branches are equal, and errors have no order. */
function compared({ Type: type, Parameters: parameters, Transitions: transitions }: FlowAction): unknown {
  const { NextAction: next, Errors: errors = [], Conditions: conditions = [] } = transitions;
  const byType = errors.toSorted((a, b) => a.ErrorType.localeCompare(b.ErrorType));
  return { type, parameters, next, errors: byType, conditions };
}

/** Deep equality, in which a reference of the template equals any text. */
function isSame(template: unknown, value: unknown): boolean {
  if (typeof template === 'string') return typeof value === 'string' && isTextOf(template, value);
  if (typeof template !== 'object' || template === null) return template === value;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(template) !== Array.isArray(value)) return false;
  const were = definedIn(template);
  const are = definedIn(value);
  return were.size === are.size && [...were].every(([key, was]) => isSame(was, are.get(key)));
}

function definedIn(value: object): ReadonlyMap<string, unknown> {
  const entries: [string, unknown][] = Object.entries(value);
  return new Map(entries.filter(([, one]) => one !== undefined));
}
