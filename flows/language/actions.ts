import type { z } from 'zod';
import type { ActionRule, ErrorBranches, Results } from './action-rule.ts';
import { CONTACT_ACTIONS } from './contact-actions.ts';
import { CONTROL_ACTIONS, INTERACTIONS } from './control-actions.ts';
import { OUTSIDE_ACTIONS } from './outside-actions.ts';
import { PARTICIPANT_ACTIONS } from './participant-actions.ts';

/** The actions of flow language 2019-10-30, and the service's rules for each when it publishes a flow. */
export const ACTIONS = {
  ...PARTICIPANT_ACTIONS,
  ...CONTACT_ACTIONS,
  ...CONTROL_ACTIONS,
  ...INTERACTIONS,
  ...OUTSIDE_ACTIONS,
} as const;

/**
 * Names that look like actions and are none: blocks of the designer, names in flow logs, one of the documentation's
 * own headings. The service is known to refuse them.
 */
const NO_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['CheckAttribute', 'Compare'],
  ['CheckStaffing', 'CheckMetricData'],
  ['Disconnect', 'DisconnectParticipant'],
  ['GetQueueMetrics', 'GetMetricData'],
  ['GetUserInput', 'GetParticipantInput'],
  ['InvokeExternalResource', 'InvokeLambdaFunction'],
  ['PlayPrompt', 'MessageParticipant'],
  ['SetAttributes', 'UpdateContactAttributes'],
  ['SetCallbackNumber', 'UpdateContactCallbackNumber'],
  ['SetLoggingBehavior', 'UpdateFlowLoggingBehavior'],
  ['SetQueue', 'UpdateContactTargetQueue'],
  ['SetVoice', 'UpdateContactTextToSpeechVoice'],
  ['SetWorkingQueue', 'UpdateContactTargetQueue'],
  ['StartMediaStreaming', 'UpdateContactMediaStreamingBehavior'],
  ['StopMediaStreaming', 'UpdateContactMediaStreamingBehavior'],
  ['StoreUserInput', 'GetParticipantInput'],
  ['TransferToQueue', 'TransferContactToQueue'],
  ['UpdateRoutingCriteria', 'UpdateContactRoutingCriteria'],
]);

/** The action that was meant, for a name that is known to be none. */
export function meantAction(type: string): string | undefined {
  return NO_ACTIONS.get(type);
}

export type ActionType = keyof typeof ACTIONS;

/** The parameters of an action, as they may be written: `{ Text }` or `{ SSML }`, `"60"` or `60`. */
export type ActionParameters<T extends ActionType> = z.input<(typeof ACTIONS)[T]['parameters']>;

const RULES: ReadonlyMap<string, ActionRule> = new Map(Object.entries(ACTIONS));

/** Undefined for a type that is not described here. */
export function actionRule(type: string): ActionRule | undefined {
  return RULES.get(type);
}

/**
 * The branches an action needs and may have, with these parameters. `results` is absent if it takes no
 * conditions.
 */
export function branchesOf(
  rule: ActionRule,
  parameters: Readonly<Record<string, unknown>>,
): { readonly errors: ErrorBranches; readonly results: Results | undefined } {
  const { errors = rule.errors, results = rule.results } = rule.given?.(parameters) ?? {};
  return { errors, results: results === 'none' ? undefined : results };
}
