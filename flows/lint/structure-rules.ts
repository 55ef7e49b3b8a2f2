import { publishProblemsByAction } from '../language/publish-problems.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** What does not depend on voicemail: publishing, and how the flow hangs together. */
export function structureFindings(subject: Subject): readonly Finding[] {
  return [...refusedFindings(subject), ...moduleFindings(subject), ...unreachableFindings(subject)];
}

function refusedFindings({ flow, type }: Subject): readonly Finding[] {
  return publishProblemsByAction(flow, type).map(({ message, action }) => {
    const identifier = action === undefined ? undefined : flow.Actions[action]?.Identifier;
    return {
      severity: 'error',
      ...(identifier !== undefined && { action: identifier }),
      rule: 'refused-at-publishing',
      message: `Amazon Connect would not publish this flow as ${type}: ${message}`,
    };
  });
}

function moduleFindings({ flow, type }: Subject): readonly Finding[] {
  if (type !== 'CUSTOMER_QUEUE') return [];
  const calls = flow.Actions.filter((action) => action.Type === 'InvokeFlowModule');
  return calls.map(({ Identifier: action }) => ({
    severity: 'error',
    action,
    rule: 'module-in-queue-flow',
    message:
      'A customer queue flow cannot call a module: the caller would stay in the queue and never get to leave a ' +
      'message. Put the actions of the module into this flow.',
  }));
}

/** By any branch that is written down, also one that is never taken: the console writes such copies. */
function unreachableFindings({ flow, graph: { start } }: Subject): readonly Finding[] {
  const byIdentifier = new Map(flow.Actions.map((action) => [action.Identifier, action]));
  const reached = new Set(start ? [start.Identifier] : []);
  for (const identifier of reached) {
    const {
      NextAction: next,
      Conditions = [],
      Errors = [],
    } = byIdentifier.get(identifier)?.Transitions ?? {};
    for (const branch of [...Conditions, ...Errors]) reached.add(branch.NextAction);
    if (next !== undefined) reached.add(next);
  }
  const unreached = flow.Actions.filter(({ Identifier: identifier }) => !reached.has(identifier));
  return unreached.map(({ Identifier: action }) => ({
    severity: 'warning',
    action,
    rule: 'unreachable-action',
    message: 'No branch leads here: no caller ever comes to this action. Connect it, or remove it.',
  }));
}
