import { z } from 'zod';
import { homeOf } from './arns.ts';

/** Small letters, as the qualifier is in the name of a bucket. Source: bootstrap template of CDK, version 32. */
export const QUALIFIER = /^[a-z0-9][a-z0-9-]{0,9}$/;
/** Source: IAM API, Role, Arn. */
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const role = z.string().regex(ROLE_ARN).exactOptional();

/** Absent: what `cdk bootstrap` makes without options. */
export const bootstrapSchema = z
  .strictObject({
    qualifier: z.string().regex(QUALIFIER).exactOptional(),
    deployRoleArn: role,
    publishingRoleArn: role,
    cloudFormationRoleArn: role,
    assetsBucket: z.string().regex(BUCKET).exactOptional(),
  })
  .readonly();

type BootstrapSettings = z.infer<typeof bootstrapSchema>;

/** The roles of it, by their settings. */
export const BOOTSTRAP_ROLES = ['deployRoleArn', 'publishingRoleArn', 'cloudFormationRoleArn'] as const;

const ROLE_ALLOWED =
  'the ARN of a role in the account of the instance, arn:aws:iam::<account>:role/<name>; leave it out';

/** What each may be, in words for the administrator. */
export const BOOTSTRAP_ALLOWED = {
  bootstrap:
    '{ qualifier?, deployRoleArn?, publishingRoleArn?, cloudFormationRoleArn?, assetsBucket? }; leave it out for what cdk bootstrap makes',
  'bootstrap.qualifier':
    'the --qualifier of cdk bootstrap: 1 to 10 small letters, digits and hyphens; leave it out for hnb659fds',
  'bootstrap.deployRoleArn': `${ROLE_ALLOWED} for the deploy-role of cdk bootstrap`,
  'bootstrap.publishingRoleArn': `${ROLE_ALLOWED} for the file-publishing-role of cdk bootstrap`,
  'bootstrap.cloudFormationRoleArn': `${ROLE_ALLOWED} for the cfn-exec-role of cdk bootstrap`,
  'bootstrap.assetsBucket':
    'the name of the bucket for code and templates, 3 to 63 small letters, digits, dots and hyphens; leave it out for that of cdk bootstrap',
} as const satisfies Record<string, string>;

interface Decided {
  readonly instanceArn: string;
  readonly bootstrap?: BootstrapSettings | undefined;
}

/** What a deployment works with: what `cdk bootstrap` made, or what the organization made in its place. */
export interface Bootstrap {
  readonly qualifier: string;
  /** In Parameter Store: which version of its template made it. */
  readonly versionParameter: string;
  readonly assetsBucket: string;
  /** Deploys. */
  readonly deployRoleArn: string;
  /** Publishes code and templates. */
  readonly publishingRoleArn: string;
  /** Looks, for CDK's toolkit. */
  readonly lookupRoleArn: string;
  /** CloudFormation makes the resources with it. */
  readonly cloudFormationRoleArn: string;
  /** What an administrator types once. */
  readonly command: string;
}

/** The qualifier that `cdk bootstrap` uses if it gets no other. */
const USUAL_QUALIFIER = 'hnb659fds';

export function bootstrapOf({ instanceArn, bootstrap = {} }: Decided): Bootstrap {
  const { partition, region, accountId } = homeOf(instanceArn);
  const { qualifier = USUAL_QUALIFIER, assetsBucket } = bootstrap;
  const roleArn = (purpose: string) =>
    `arn:${partition}:iam::${accountId}:role/cdk-${qualifier}-${purpose}-role-${accountId}-${region}`;
  // A second stack of that kind needs a name of its own.
  const own =
    qualifier === USUAL_QUALIFIER
      ? ''
      : ` --qualifier ${qualifier} --toolkit-stack-name CDKToolkit-${qualifier}`;
  return {
    qualifier,
    versionParameter: `/cdk-bootstrap/${qualifier}/version`,
    assetsBucket: assetsBucket ?? `cdk-${qualifier}-assets-${accountId}-${region}`,
    deployRoleArn: bootstrap.deployRoleArn ?? roleArn('deploy'),
    publishingRoleArn: bootstrap.publishingRoleArn ?? roleArn('file-publishing'),
    lookupRoleArn: roleArn('lookup'),
    cloudFormationRoleArn: bootstrap.cloudFormationRoleArn ?? roleArn('cfn-exec'),
    command: `npx cdk bootstrap aws://${accountId}/${region}${own}`,
  };
}
