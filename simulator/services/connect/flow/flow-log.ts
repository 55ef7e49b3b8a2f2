import { isJsonObject } from '../../../gateway/protocols.ts';
import type { ActionCall, ActionKind } from './action-kind.ts';
import type { StoredFlow } from './flow-store.ts';

/**
 * Reports an action's entries in the flow log, with its current parameters: one entry, or one for each
 * attribute that is set.
 *
 * Source: Amazon Connect administrator guide, "Data stored in flow logs".
 */
export function logAction(call: ActionCall, flow: StoredFlow, kind: ActionKind | undefined): void {
  const { action, contact, parts } = call;
  const atMs = parts.clock.now();
  for (const parameters of loggedParameters(call)) {
    const entry = {
      ContactId: contact.id,
      ContactFlowId: flow.arn,
      ContactFlowName: flow.name,
      ContactFlowModuleType: kind ? kind.logName(action) : action.Type,
      Identifier: action.Identifier,
      Timestamp: new Date(atMs).toISOString(),
      Parameters: parameters,
    };
    parts.happenings.tell({ kind: 'flow-log', atMs, contactId: contact.id, entry });
  }
}

function loggedParameters({ action, paths }: ActionCall): readonly unknown[] {
  const resolved = paths.deep(action.Parameters);
  const given = action.Parameters['Attributes'];
  if (action.Type !== 'UpdateContactAttributes' || !isJsonObject(given)) return [resolved];
  return Object.entries(given).map(([key, value]) => ({ Key: paths.text(key), Value: paths.deep(value) }));
}
