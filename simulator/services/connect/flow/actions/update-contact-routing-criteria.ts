import { z } from 'zod';
import { actionKind, Count, ENTRY_FLOWS } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

const Step = z.looseObject({
  Expression: z.strictObject({
    AttributeCondition: z.looseObject({
      MatchCriteria: z.strictObject({
        AgentsCriteria: z.looseObject({ AgentIds: z.array(z.string()).min(1) }),
      }),
    }),
  }),
  Expiry: z.looseObject({ DurationInSeconds: Count }).optional(),
});

/** Makes the contact wait for certain agents first. Criteria by proficiency are not simulated. */
export const updateContactRoutingCriteria = actionKind({
  parameters: z.object({ RoutingCriteria: z.looseObject({ Steps: z.array(Step).min(1) }) }),
  logName: 'SetRoutingCriteria',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  run({ RoutingCriteria: { Steps } }, { contact, paths }) {
    const steps = Steps.map(({ Expression, Expiry }) => ({
      agentIds: Expression.AttributeCondition.MatchCriteria.AgentsCriteria.AgentIds.map(
        (agentId) => paths.single(agentId)?.replace(/^.*\//, '') ?? '',
      ),
      forMs: Expiry ? Expiry.DurationInSeconds * 1000 : Infinity,
    }));
    if (steps.some(({ agentIds }) => agentIds.includes(''))) return NO_MATCHING_ERROR;
    contact.settings.routingSteps = steps;
    contact.settings.reconsider?.();
    return DONE;
  },
});
