import { actionRule, meantAction } from './actions.ts';
import type { FlowAction, FlowDocument, FlowType } from './document.ts';
import { parameterProblems } from './parameter-problems.ts';
import { type PublishProblem, unknown } from './publish-problem.ts';
import { transitionProblems } from './transition-problems.ts';

const MOST_ACTIONS = 250;
const LONGEST_MODULE_CHARACTERS = 256_000;
const LONGEST_IDENTIFIER = 50;
const FORBIDDEN_IN_IDENTIFIER = /[%:(\\/)=$,;[\]{}]/;
const FORBIDDEN_IDENTIFIERS = new Set([
  '__proto__',
  'constructor',
  '__defineGetter__',
  '__defineSetter__',
  'toString',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'valueOf',
]);

/**
 * What the live service is known to refuse when a flow of this type is published, one sentence
 * each; none means it publishes. For `problems` of InvalidContactFlowException.
 *
 * The wording is the service's wherever it is known: missing and unknown properties and error
 * branches, transitions, exclusive properties, ids. For wrong flow types, the number of actions
 * and the size of a module only the rule is known, and the wording is ours.
 */
export function publishProblems(flow: FlowDocument, type: FlowType): readonly string[] {
  return publishProblemsByAction(flow, type).flatMap(({ message, doubt }) => (doubt ? [] : [message]));
}

/** As `publishProblems`, with the action that each is about, and with what this table does not know. */
export function publishProblemsByAction(flow: FlowDocument, type: FlowType): readonly PublishProblem[] {
  const identifiers = flow.Actions.map(({ Identifier: identifier }) => identifier);
  const known = new Set(identifiers);
  return [
    ...documentProblems(flow, type).map((message) => ({ message })),
    ...flow.Actions.flatMap((action, index) => {
      const at = `Actions[${index}]`;
      const isDuplicate = identifiers.indexOf(action.Identifier) !== index;
      return [
        ...(isDuplicate || !isIdentifier(action.Identifier) ? [wrongValue(`${at}.Identifier`)] : []),
        ...actionProblems(action, type, { at, exists: (identifier) => known.has(identifier) }),
      ].map((problem) => ({ ...problem, action: index }));
    }),
  ];
}

function documentProblems(flow: FlowDocument, type: FlowType): string[] {
  const { Version: version, StartAction: start, Actions: actions } = flow;
  const isTooLong = type === 'MODULE' && JSON.stringify(flow).length > LONGEST_MODULE_CHARACTERS;
  return [
    ...(version === '2019-10-30' ? [] : ['Invalid Flow property value. Path: Version']),
    ...(actions.some(({ Identifier: identifier }) => identifier === start)
      ? []
      : ['Invalid Flow property value. Path: StartAction']),
    ...(actions.length > MOST_ACTIONS
      ? [`Flow has ${actions.length} actions, ${MOST_ACTIONS} are allowed. Path: Actions`]
      : []),
    ...(isTooLong ? [`Content has more than ${LONGEST_MODULE_CHARACTERS} characters`] : []),
  ];
}

function actionProblems(
  action: FlowAction,
  flowType: FlowType,
  place: { readonly at: string; readonly exists: (identifier: string) => boolean },
): readonly PublishProblem[] {
  const { Type: type, Parameters: parameters } = action;
  const rule = actionRule(type);
  if (!rule) return [notDescribed(type, place.at)];
  return [
    ...(rule.flowTypes.includes(flowType)
      ? []
      : [{ message: `Action type ${type} is not supported in flow type ${flowType}. Path: ${place.at}` }]),
    ...parameterProblems(rule, parameters, `${place.at}.Parameters`),
    ...transitionProblems(action, rule, place),
  ];
}

function notDescribed(type: string, at: string): PublishProblem {
  const meant = meantAction(type);
  if (meant === undefined) return unknown(`${at}.Type is ${type}, an action that is not known here`);
  return { ...wrongValue(`${at}.Type`), detail: `${type} is no action; did you mean ${meant}?` };
}

function isIdentifier(text: string): boolean {
  const { length } = text;
  const isFit = length >= 1 && length <= LONGEST_IDENTIFIER && !FORBIDDEN_IN_IDENTIFIER.test(text);
  return isFit && !FORBIDDEN_IDENTIFIERS.has(text);
}

function wrongValue(path: string): PublishProblem {
  return { message: `Invalid Action property value. Path: ${path}` };
}
