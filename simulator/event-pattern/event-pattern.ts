import { type ArrayElements, type EventField, eventFields, together } from './event-fields.ts';
import { type PatternStep, patternRules } from './pattern-rules.ts';

/**
 * EventBridge's event patterns: what rules and event source mapping filters match
 * events with.
 *
 * All keys of a pattern must match (AND), one value of a leaf's list is enough (OR). Where the event
 * holds a list, one element that matches is enough; keys that stand under the same list of objects must
 * be satisfied by the same element.
 *
 * Operators: `prefix`, `suffix`, `anything-but`, `numeric`, `exists`, `equals-ignore-case`, `wildcard`,
 * `$or`. Not simulated: `cidr`; an error names it. Numbers compare by value once parsed: 300 and 300.0
 * are the same. Event source mappings know all of these but `wildcard` and the nested forms of
 * `prefix`, `suffix` and `anything-but`; the simulator accepts them.
 *
 * `pattern` is parsed JSON. Returns a function that says whether a parsed event matches. Throws
 * AwsError InvalidEventPatternException, which says what is wrong, if it is not a pattern.
 *
 * Source: Amazon EventBridge user guide, "Event patterns" and "Comparison
 * operators"; the open-source matcher behind it (Event Ruler), whose order of work
 * this follows: fields by name, array membership carried along, absence judged
 * against the elements chosen so far.
 */
export function compileEventPattern(pattern: unknown): (event: unknown) => boolean {
  const rules = patternRules(pattern).map((rule) =>
    [...rule].toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
  return (event) => {
    const fields = eventFields(event);
    return rules.some((steps) => stepsMatch(steps, 0, fields, new Map()));
  };
}

/** Whether the event matches. To match many events, compile the pattern once. */
export function matches(pattern: unknown, event: unknown): boolean {
  return compileEventPattern(pattern)(event);
}

type Fields = ReadonlyMap<string, readonly EventField[]>;
type Steps = readonly (readonly [path: string, PatternStep])[];

/** Each step picks a field; the elements that the field stands in bind the steps after it. */
function stepsMatch(steps: Steps, index: number, fields: Fields, elements: ArrayElements): boolean {
  const next = steps[index];
  if (!next) return true;

  const [path, { mayBeAbsent, accepts }] = next;
  const reachable: { value: EventField['value']; within: ArrayElements }[] = [];
  for (const field of fields.get(path) ?? []) {
    const within = together(elements, field.elements);
    if (within) reachable.push({ value: field.value, within });
  }

  if (mayBeAbsent && reachable.length === 0 && stepsMatch(steps, index + 1, fields, elements)) return true;
  return reachable.some(
    ({ value, within }) =>
      accepts.some((accept) => accept(value)) && stepsMatch(steps, index + 1, fields, within),
  );
}
