import type { Check, Evidence } from '../../check.ts';
import { bootstrapOf } from '../../../../infra/bootstrap-settings.ts';
import { type Intended, type Refusal, refusalsOf } from '../../facts/permissions.ts';
import { stack } from '../../facts/stack.ts';
import type { Look } from '../../look.ts';

export const deployerLacksPermission: Check = {
  id: 'deployer-lacks-permission',
  lane: 'account',
  title: 'whether the credentials may deploy the stack',
  async run(look) {
    const roles = await refusalsOf(bootstrapRoles(look), look);
    if (roles.length === 0) return [];
    // Where CDK cannot assume its roles, it goes on with the caller's own permissions.
    const own = (await Promise.all(ownActions(look).map((one) => refusalsOf(one, look)))).flat();
    if (own.length === 0) return [];
    const refusals = [...roles, ...own];
    return [
      {
        // Where there is a stack somebody could deploy it, and these may be credentials for looking alone.
        severity: (await stack(look)) ? 'note' : 'blocker',
        certainty: 'likely',
        what: `With these credentials the stack cannot be deployed: they may neither assume the roles that cdk bootstrap made, nor do without them.${organizationWords(refusals)}`,
        suffers: 'Administrators: a deployment fails, unless somebody else runs it.',
        evidence: evidenceOf(refusals),
        remedy: `Allow this user or role sts:AssumeRole on ${roles.map(({ resource }) => resource).join(' and ')}; or deploy with other credentials.`,
      },
    ];
  },
};

/** One line for each resource, with all that is not allowed on it. */
function evidenceOf(refusals: readonly Refusal[]): readonly Evidence[] {
  const byResource = Map.groupBy(refusals, ({ resource }) => resource);
  return [...byResource].map(([resource, on]) => ({
    api: 'iam:SimulatePrincipalPolicy',
    saw: `not allowed on ${resource}: ${on.map(refusalWords).join(', ')}`,
  }));
}

function refusalWords({ action, isByOrganization }: Refusal): string {
  return isByOrganization ? `${action} (by AWS Organizations)` : action;
}

function organizationWords(refusals: readonly Refusal[]): string {
  return refusals.some(({ isByOrganization }) => isByOrganization)
    ? ' A policy of AWS Organizations refuses some of it, which only the administrators of the organization can change.'
    : '';
}

/** The roles through which CDK uploads the code and deploys. Source: CDK's bootstrap template. */
function bootstrapRoles({ config }: Look): Intended {
  const { deployRoleArn, publishingRoleArn } = bootstrapOf(config);
  return {
    actions: ['sts:AssumeRole'],
    resources: [deployRoleArn, publishingRoleArn],
  };
}

/** What CDK does itself where it has to do without these roles. */
function ownActions(look: Look): readonly Intended[] {
  const { partition, region, accountId } = look.home;
  const stackArn = `arn:${partition}:cloudformation:${region}:${accountId}:stack/${look.stackName}/*`;
  const { assetsBucket, cloudFormationRoleArn } = bootstrapOf(look.config);
  const bucket = `arn:${partition}:s3:::${assetsBucket}`;
  return [
    {
      actions: [
        'cloudformation:DescribeStacks',
        'cloudformation:DescribeStackEvents',
        'cloudformation:GetTemplate',
        'cloudformation:CreateChangeSet',
        'cloudformation:DescribeChangeSet',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:DeleteChangeSet',
      ],
      resources: [stackArn],
    },
    { actions: ['s3:PutObject'], resources: [`${bucket}/*`] },
    { actions: ['iam:PassRole'], resources: [cloudFormationRoleArn] },
  ];
}
