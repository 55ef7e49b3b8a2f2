import {
  type EvaluationResult,
  GetRoleCommand,
  IAMClient,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam';
import { arnIn } from '../../../infra/arns.ts';
import { Unseen } from '../../aws/asker.ts';
import { fact, type Look } from '../look.ts';
import { caller } from './caller.ts';

/** What somebody would do: every action on every resource. */
export interface Intended {
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
}

/** What is not allowed. */
export interface Refusal {
  readonly action: string;
  readonly resource: string;
  /** Whether a policy of AWS Organizations refuses it, which nobody in the account can change. */
  readonly isByOrganization: boolean;
}

/**
 * The user or role whose policies count: IAM cannot simulate a session, and the ARN of a session leaves out
 * the path of its role. `root` may do everything.
 */
const principal = fact(async (look): Promise<string> => {
  const { arn } = await caller(look);
  const { resource = '' } = arnIn(arn) ?? {};
  const [type, name] = resource.split('/');
  if (type === 'root') return 'root';
  if (type === 'user') return arn;
  if (type !== 'assumed-role') {
    throw new Unseen('the credentials are of neither a user nor a role, and IAM can simulate no others');
  }
  const iam = look.client(IAMClient);
  const { Role } = await look.ask('iam:GetRole', () => iam.send(new GetRoleCommand({ RoleName: name })));
  if (Role?.Arn === undefined) throw new Unseen('iam:GetRole named no role');
  return Role.Arn;
});

/**
 * What of it the caller may not do, by IAM's policy simulation. It knows identity policies, permission
 * boundaries and policies of AWS Organizations; session policies and resource policies it does not.
 * Source: IAM API reference, SimulatePrincipalPolicy and EvaluationResult.
 */
export async function refusalsOf(intended: Intended, look: Look): Promise<readonly Refusal[]> {
  const PolicySourceArn = await principal(look);
  if (PolicySourceArn === 'root') return [];
  const asked = {
    PolicySourceArn,
    ActionNames: [...intended.actions],
    ResourceArns: [...intended.resources],
  };
  const client = look.client(IAMClient);
  return look.ask('iam:SimulatePrincipalPolicy', async () => {
    const refusals: Refusal[] = [];
    for await (const { EvaluationResults = [] } of paginateSimulatePrincipalPolicy({ client }, asked)) {
      refusals.push(...EvaluationResults.flatMap(refusalIn));
    }
    return refusals;
  });
}

function refusalIn(result: EvaluationResult): readonly Refusal[] {
  const { EvalActionName: action = '', EvalResourceName: resource = '*', EvalDecision: decision } = result;
  if (decision === 'allowed') return [];
  const isByOrganization = result.OrganizationsDecisionDetail?.AllowedByOrganizations === false;
  return [{ action, resource, isByOrganization }];
}
