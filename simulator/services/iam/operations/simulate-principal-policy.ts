import { listIn, type QueryOperation } from '../../../gateway/query-protocol.ts';
import type { Decision } from '../../../gateway/policy.ts';
import { pageOf } from '../../../page.ts';
import { AwsError } from '../../../service.ts';
import type { IamParts } from '../parts.ts';

const DECISIONS: Readonly<Record<Decision, string>> = {
  allowed: 'allowed',
  'explicitly-denied': 'explicitDeny',
  'no-statement-allows': 'implicitDeny',
};

const USUAL_ITEMS = 100;
const MOST_ITEMS = 1000;

/**
 * SimulatePrincipalPolicy: every action on every resource, for a user or role.
 *
 * Not simulated: further policies, resource policies, context entries, and the statements that matched. Source: IAM API reference.
 */
export function simulatePrincipalPolicy({ identities: { findPrincipal } }: IamParts): QueryOperation {
  return {
    name: 'SimulatePrincipalPolicy',
    needs: (input) => [
      { action: 'iam:SimulatePrincipalPolicy', resource: input.get('PolicySourceArn') ?? '*' },
    ],
    answer(input) {
      const principal = findPrincipal(sourceIn(input));
      if (!principal) throw new AwsError('NoSuchEntity', 404, `${sourceIn(input)} cannot be found.`);
      const resources = listIn(input, 'ResourceArns');
      const results = listIn(input, 'ActionNames').flatMap((action) =>
        (resources.length > 0 ? resources : ['*']).map((resource) => ({
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: DECISIONS[principal.decide({ action, resource })],
          MatchedStatements: '',
          MissingContextValues: '',
          ...(principal.isAllowedByOrganization && {
            OrganizationsDecisionDetail: {
              AllowedByOrganizations: String(principal.isAllowedByOrganization({ action, resource })),
            },
          }),
        })),
      );
      const { items, nextToken } = pageOf(results, {
        of: principal.arn,
        token: input.get('Marker') ?? undefined,
        size: sizeIn(input),
        invalid: () => invalidInput('Invalid Marker.'),
      });
      return {
        EvaluationResults: { member: items },
        IsTruncated: String(nextToken !== undefined),
        ...(nextToken !== undefined && { Marker: nextToken }),
      };
    },
  };
}

/** Neither a session nor the root user has policies that could be simulated. */
function sourceIn(input: URLSearchParams): string {
  const arn = input.get('PolicySourceArn') ?? '';
  if (/^arn:[a-z-]+:iam::\d{12}:(user|group|role)\/.+$/.test(arn)) return arn;
  throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
}

function sizeIn(input: URLSearchParams): number {
  const size = Number(input.get('MaxItems') ?? USUAL_ITEMS);
  if (Number.isInteger(size) && size >= 1 && size <= MOST_ITEMS) return size;
  throw new AwsError('ValidationError', 400, `MaxItems must be 1 to ${MOST_ITEMS}.`);
}

function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', 400, message);
}
