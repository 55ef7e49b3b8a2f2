import { actionRule, branchesOf } from '../language/actions.ts';
import type { FlowAction, FlowDocument } from '../language/document.ts';

/** A way from one action to another that a contact can take. */
export interface Edge {
  readonly kind: 'next' | 'condition' | 'error';
  /** What took it: the error's type, or the condition's operand. */
  readonly because?: string;
  readonly to: FlowAction;
}

export interface FlowGraph {
  readonly start: FlowAction | undefined;
  readonly actions: readonly FlowAction[];
  /**
   * The ways that can be taken at run time. NextAction is none of them where conditions and
   * NoMatchingCondition cover everything, nor where success leaves the flow.
   */
  readonly edgesFrom: (action: FlowAction) => readonly Edge[];
  /**
   * All actions that can follow these, themselves included; what comes after one that `stopAt`
   * holds for is left out.
   */
  readonly reachableFrom: (
    actions: readonly FlowAction[],
    stopAt?: (action: FlowAction) => boolean,
  ) => ReadonlySet<FlowAction>;
}

/** The flow as a graph. Branches to nowhere are left out: publishing refuses them. */
export function flowGraph({ StartAction: start, Actions: actions }: FlowDocument): FlowGraph {
  const byIdentifier = new Map(actions.map((action) => [action.Identifier, action]));
  const edges = new Map(actions.map((action) => [action, edgesOf(action, byIdentifier)]));
  const edgesFrom = (action: FlowAction) => edges.get(action) ?? [];

  return {
    start: byIdentifier.get(start),
    actions,
    edgesFrom,
    reachableFrom: (from, stopAt = () => false) => {
      const reached = new Set(from);
      for (const action of reached) {
        if (stopAt(action)) continue;
        for (const { to } of edgesFrom(action)) reached.add(to);
      }
      return reached;
    },
  };
}

function edgesOf(action: FlowAction, byIdentifier: ReadonlyMap<string, FlowAction>): readonly Edge[] {
  const { NextAction: next, Conditions: conditions = [], Errors: errors = [] } = action.Transitions;
  const edge = (kind: Edge['kind'], identifier: string, because?: string): Edge[] => {
    const to = byIdentifier.get(identifier);
    return to ? [{ kind, to, ...(because !== undefined && { because }) }] : [];
  };
  return [
    ...conditions.flatMap(({ NextAction, Condition }) =>
      edge('condition', NextAction, Condition.Operands[0] ?? ''),
    ),
    ...(next !== undefined && goesToNext(action) ? edge('next', next) : []),
    ...errors.flatMap(({ NextAction, ErrorType }) => edge('error', NextAction, ErrorType)),
  ];
}

function goesToNext({
  Type: type,
  Parameters: parameters,
  Transitions: { Errors: errors = [] },
}: FlowAction) {
  const rule = actionRule(type);
  if (!rule) return true;
  if (rule.ends !== 'never') return false;
  const { results } = branchesOf(rule, parameters);
  if (!results) return true;
  return results.needed !== 'all' && !errors.some(({ ErrorType }) => ErrorType === 'NoMatchingCondition');
}
