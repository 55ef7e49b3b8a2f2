import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import { invalidInput, refuseOther } from '../input.ts';
import type { IamParts } from '../parts.ts';
import { simulation } from '../simulation.ts';

const NAME = 'SimulatePrincipalPolicy';
const NOT_SIMULATED = [
  'PolicyInputList',
  'PermissionsBoundaryPolicyInputList',
  'ResourcePolicy',
  'CallerArn',
];

/**
 * SimulatePrincipalPolicy: every action on every resource, for a user or role.
 *
 * Not simulated: further policies, resource policies, and the statements that matched. Source: IAM API reference.
 */
export function simulatePrincipalPolicy({ identities: { findPrincipal } }: IamParts): QueryOperation {
  return {
    name: NAME,
    needs: (input) => [{ action: `iam:${NAME}`, resource: input.get('PolicySourceArn') ?? '*' }],
    answer(input) {
      const principal = findPrincipal(sourceIn(input));
      if (!principal) throw new AwsError('NoSuchEntity', 404, `${sourceIn(input)} cannot be found.`);
      refuseOther(NAME, input, NOT_SIMULATED);
      return simulation(input, principal, principal.arn);
    },
  };
}

/** Neither a session nor the root user has policies that could be simulated. */
function sourceIn(input: URLSearchParams): string {
  const arn = input.get('PolicySourceArn') ?? '';
  if (/^arn:[a-z-]+:iam::\d{12}:(user|group|role)\/.+$/.test(arn)) return arn;
  throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
}
