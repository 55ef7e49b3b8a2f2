import { parsePolicyDocument, type PolicyEvaluator, policyEvaluator } from '../../../gateway/policy.ts';
import { listIn, type QueryOperation } from '../../../gateway/query-protocol.ts';
import { invalidInput, refuseOther } from '../input.ts';
import { simulation } from '../simulation.ts';

const NAME = 'SimulateCustomPolicy';
const NOT_SIMULATED = ['PermissionsBoundaryPolicyInputList', 'ResourcePolicy', 'ResourceOwner', 'CallerArn'];

/** Every action on every resource, for policies that the call brings. Source: IAM API reference. */
export function simulateCustomPolicy(): QueryOperation {
  return {
    name: NAME,
    needs: () => [{ action: `iam:${NAME}`, resource: '*' }],
    answer(input) {
      refuseOther(NAME, input, NOT_SIMULATED);
      const documents = listIn(input, 'PolicyInputList');
      if (documents.length === 0) throw invalidInput('PolicyInputList must have a policy.');
      return simulation(input, { decide: evaluatorOf(documents) }, documents.join('\n'));
    },
  };
}

function evaluatorOf(documents: readonly string[]): PolicyEvaluator {
  try {
    return policyEvaluator(documents.flatMap((one) => parsePolicyDocument(JSON.parse(one))));
  } catch (error) {
    throw invalidInput(`Invalid policy: ${error instanceof Error ? error.message : String(error)}`);
  }
}
