import { type FlowAction, parseFlow } from './language/document.ts';
import type { BuiltFlow } from './builder/flow.ts';

/** Actions that choose where to go on, drawn as diamonds. */
const DECISIONS = ['CheckHoursOfOperation', 'CheckMetricData', 'Compare', 'GetParticipantInput', 'Loop'];

/**
 * A flow as a Mermaid flowchart, from left to right. What goes wrong is dotted; a branch
 * that leads where the action leads anyway is not drawn again.
 */
export function flowPicture({ content }: BuiltFlow): string {
  const { Actions: actions, StartAction: start } = parseFlow(content);
  const ids = new Map(actions.map(({ Identifier: name }, index) => [name, `a${index}`]));
  const idOf = (name: string) => ids.get(name) ?? name;
  return [
    'flowchart LR',
    `  start((start)) --> ${idOf(start)}`,
    ...actions.map((action) => `  ${idOf(action.Identifier)}${block(action)}`),
    ...actions.flatMap((action) =>
      arrows(action).map(
        ({ arrow, label, to }) =>
          `  ${idOf(action.Identifier)} ${arrow}${label === '' ? '' : `|"${label}"|`} ${idOf(to)}`,
      ),
    ),
  ].join('\n');
}

function block({ Identifier: name, Type: type, Transitions: { NextAction: next } }: FlowAction): string {
  if (DECISIONS.includes(type)) return `{"${name}"}`;
  return next === undefined ? `(["${name}"])` : `["${name}"]`;
}

interface Arrow {
  readonly arrow: '-->' | '-.->';
  readonly label: string;
  readonly to: string;
}

function arrows({
  Transitions: { NextAction: next, Conditions: conditions = [], Errors: errors = [] },
}: FlowAction): Arrow[] {
  const chosen = new Map<string, string[]>();
  for (const { NextAction: to, Condition: condition } of conditions) {
    chosen.set(to, [...(chosen.get(to) ?? []), wording(condition.Operator, condition.Operands[0] ?? '')]);
  }
  const others = [
    ...new Set([
      ...(next === undefined ? [] : [next]),
      ...errors.filter(isNoFault).map((branch) => branch.NextAction),
    ]),
  ];
  const ordinary = others.filter((to) => !chosen.has(to));
  const faults = new Set(
    errors.map((branch) => branch.NextAction).filter((to) => !chosen.has(to) && !others.includes(to)),
  );
  return [
    ...[...chosen].map(([to, labels]) => ({ arrow: '-->', label: labels.join(', '), to }) as const),
    ...ordinary.map((to) => ({ arrow: '-->', label: chosen.size > 0 ? 'otherwise' : '', to }) as const),
    ...[...faults].map((to) => ({ arrow: '-.->', label: 'fails', to }) as const),
  ];
}

/** No key, another key, another value: nothing is wrong then. */
function isNoFault({ ErrorType: error }: { readonly ErrorType: string }): boolean {
  return error === 'InputTimeLimitExceeded' || error === 'NoMatchingCondition';
}

const WORDS: Readonly<Record<string, string>> = {
  ContinueLooping: 'again',
  DoneLooping: 'no more',
  MessagesInterrupted: 'now and then',
  True: 'yes',
  False: 'no',
};

function wording(operator: string, operand: string): string {
  if (operator === 'TextStartsWith') return `${operand}…`;
  if (operator === 'NumberGreaterThan') return `more than ${operand}`;
  return WORDS[operand] ?? operand;
}
