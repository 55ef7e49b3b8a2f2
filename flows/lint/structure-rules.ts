import type { PublishProblem } from '../language/publish-problem.ts';
import { publishProblemsByAction } from '../language/publish-problems.ts';
import type { FlowType } from '../language/document.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** The property Content in the resource's schema. */
const LONGEST_IN_CLOUDFORMATION = 256_000;

/** What does not depend on voicemail: publishing, and how the flow hangs together. */
export function structureFindings(subject: Subject): readonly Finding[] {
  return [
    ...publishFindings(subject),
    ...sizeFindings(subject),
    ...moduleFindings(subject),
    ...unreachableFindings(subject),
  ];
}

function publishFindings({ flow, type }: Subject): readonly Finding[] {
  return publishProblemsByAction(flow, type).map((problem) => {
    const { action } = problem;
    const identifier = action === undefined ? undefined : flow.Actions[action]?.Identifier;
    return { ...(identifier !== undefined && { action: identifier }), ...publishFinding(problem, type) };
  });
}

function publishFinding({ message, detail, doubt }: PublishProblem, type: FlowType): Finding {
  if (doubt === 'unknown') {
    return {
      severity: 'note',
      rule: 'not-known',
      message: `${message}. If Amazon Connect has it, nothing is wrong; otherwise it would not publish the flow.`,
    };
  }
  if (doubt === 'placeholder') {
    return {
      severity: 'note',
      rule: 'placeholder',
      message: `${message}. Amazon Connect needs the value itself. Check the flow again with the value in it.`,
    };
  }
  return {
    severity: 'error',
    rule: 'refused-at-publishing',
    message: `Amazon Connect would not publish this flow as ${type}: ${message}${detail === undefined ? '' : `. ${detail}`}`,
  };
}

function sizeFindings({ flow, type }: Subject): readonly Finding[] {
  const { length } = JSON.stringify(flow);
  if (type === 'MODULE' || length <= LONGEST_IN_CLOUDFORMATION) return [];
  return [
    {
      severity: 'note',
      rule: 'flow-too-long-for-cloudformation',
      message:
        `The flow has ${length} characters. Amazon Connect names no limit, but AWS::Connect::ContactFlow takes ` +
        `${LONGEST_IN_CLOUDFORMATION} at most: a deployment with CloudFormation would fail. Move parts into modules.`,
    },
  ];
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
