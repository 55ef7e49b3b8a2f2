import { z } from 'zod';
import type { RoutingStep } from '../../contacts/contact.ts';
import { type ActionCall, actionKind, Count, ENTRY_FLOWS, Scalar } from '../action-kind.ts';
import type { FlowPaths } from '../flow-paths.ts';
import { NotSimulatedError } from '../not-simulated.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

const Proficiency = z.looseObject({
  Name: Scalar,
  Value: Scalar,
  ProficiencyLevel: Count,
  ComparisonOperator: z.literal('NumberGreaterOrEqualTo'),
});
const Agents = z.looseObject({
  MatchCriteria: z.strictObject({
    AgentsCriteria: z.looseObject({ AgentIds: z.array(z.string()).min(1) }),
  }),
});
const Expression = z.union([
  z.strictObject({ AttributeCondition: Agents }),
  z
    .strictObject({ AttributeCondition: Proficiency })
    .transform(({ AttributeCondition }) => [AttributeCondition]),
  z
    .strictObject({ AndExpression: z.array(z.strictObject({ AttributeCondition: Proficiency })).min(1) })
    .transform(({ AndExpression }) => AndExpression.map(({ AttributeCondition }) => AttributeCondition)),
]);
const Criteria = z.looseObject({
  Steps: z
    .array(
      z.looseObject({
        Expression,
        Expiry: z.looseObject({ DurationInSeconds: Count }).optional(),
      }),
    )
    .min(1),
});

/**
 * Makes the contact wait for certain agents first, or for agents with certain proficiencies. Not simulated:
 * alternatives, and proficiencies that an agent must not have.
 *
 * Source: flow language, "UpdateRoutingCriteria"; the action is called UpdateContactRoutingCriteria.
 */
export const updateContactRoutingCriteria = actionKind({
  parameters: z.object({ RoutingCriteria: z.unknown() }),
  logName: 'SetRoutingCriteria',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  run({ RoutingCriteria: given }, call) {
    const steps = criteriaIn(given, call).Steps.map((step) => stepOf(step, call.paths));
    if (steps.some(({ agentIds }) => agentIds?.includes(''))) return NO_MATCHING_ERROR;
    call.contact.settings.routingSteps = steps;
    call.contact.settings.reconsider?.();
    return DONE;
  },
});

/** Written down, or what one path leads to. */
function criteriaIn(given: unknown, { paths }: ActionCall): z.infer<typeof Criteria> {
  const criteria = Criteria.safeParse(typeof given === 'string' ? paths.deep(given) : given);
  if (criteria.success) return criteria.data;
  throw new NotSimulatedError('routing criteria of this form are not simulated');
}

function stepOf(
  { Expression: wanted, Expiry: expiry }: z.infer<typeof Criteria>['Steps'][number],
  paths: FlowPaths,
): RoutingStep {
  const forMs = expiry ? expiry.DurationInSeconds * 1000 : Infinity;
  if (!Array.isArray(wanted)) {
    const ids = wanted.AttributeCondition.MatchCriteria.AgentsCriteria.AgentIds;
    return { agentIds: ids.map((id) => paths.single(id)?.replace(/^.*\//, '') ?? ''), forMs };
  }
  const proficiencies = wanted.map(({ Name, Value, ProficiencyLevel: level }) => ({
    name: paths.text(Name),
    value: paths.text(Value),
    level,
  }));
  return { proficiencies, forMs };
}
