import type { z } from 'zod';
import type { ActionRule, ErrorBranches, Results } from './action-rule.ts';
import { CONTACT_ACTIONS } from './contact-actions.ts';
import { CONTROL_ACTIONS, INTERACTIONS } from './control-actions.ts';
import { PARTICIPANT_ACTIONS } from './participant-actions.ts';

/**
 * The actions of flow language 2019-10-30 that a voicemail flow may need, and the service's rules for each
 * when it publishes a flow. Actions for customer profiles, cases and assistants exist as well and are not
 * described.
 */
export const ACTIONS = {
  ...PARTICIPANT_ACTIONS,
  ...CONTACT_ACTIONS,
  ...CONTROL_ACTIONS,
  ...INTERACTIONS,
} as const;

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
