import { homeOf } from '../../infra/arns.ts';
import { bootstrapOf } from '../../infra/bootstrap-settings.ts';
import { stackNameOf, type VoicemailConfig } from '../../infra/config.ts';

/** Of the name of a stack, CloudFormation puts as many characters or more into the names of resources. */
const LEAST_OF_STACK_NAME = 24;

/** The ARNs of what a deployment is made of, with `*` for what CloudFormation adds to a name. */
export interface Names {
  readonly any: readonly string[];
  readonly stack: readonly string[];
  /** Of API Gateway, whose ids cannot be known, and its tags. */
  readonly httpApis: readonly string[];
  readonly apiDomains: readonly string[];
  readonly instance: readonly string[];
  readonly phoneNumbers: readonly string[];
  readonly alarms: readonly string[];
  readonly dashboards: readonly string[];
  readonly buckets: readonly string[];
  readonly objects: readonly string[];
  readonly tables: readonly string[];
  readonly functions: readonly string[];
  readonly eventSourceMappings: readonly string[];
  readonly logGroups: readonly string[];
  readonly queues: readonly string[];
  readonly topics: readonly string[];
  readonly rules: readonly string[];
  readonly roles: readonly string[];
  /** The permissions boundary of the roles. Empty: they have none. */
  readonly boundary: readonly string[];
  /** What encrypts all of these. Empty: keys of AWS. */
  readonly ownKey: readonly string[];
  /** The domain of Customer Profiles. Empty: nobody is asked for names. */
  readonly profileDomain: readonly string[];
  readonly recordStreams: readonly string[];
  /** Video streams that are named as Amazon Connect's are. Empty: nothing is streamed. */
  readonly mediaStreams: readonly string[];
  /** The keys of one's own that these are encrypted with. */
  readonly mediaKeys: readonly string[];
  readonly recordKeys: readonly string[];
  /** Whether a deployment ends with a test voicemail. */
  readonly isTested: boolean;
  readonly bootstrapVersion: readonly string[];
  readonly assets: readonly string[];
  /** Those that a person assumes to deploy. */
  readonly bootstrapRoles: readonly string[];
  /** The key of links. CloudFormation names secrets after their logical id alone, or after the stack. */
  readonly linkKey: readonly string[];
  /** Of Amazon Connect itself, which it makes and changes in the name of who calls it. */
  readonly connectRoles: readonly string[];
  /** Of API Gateway itself, which the first domain name of an account makes. */
  readonly apiRoles: readonly string[];
}

export function namesOf(config: VoicemailConfig): Names {
  const { partition, region, accountId } = homeOf(config.instanceArn);
  const stackName = stackNameOf(config);
  const begin = stackName.slice(0, LEAST_OF_STACK_NAME);
  const here = (service: string, rest: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
  const global = (service: string, rest: string) => `arn:${partition}:${service}::${accountId}:${rest}`;
  const bucket = `arn:${partition}:s3:::${begin.toLowerCase()}*`;
  const bootstrap = bootstrapOf(config);
  return {
    any: ['*'],
    stack: [here('cloudformation', `stack/${stackName}/*`)],
    httpApis: ['apis', 'apis/*', 'tags/*'].map((path) => `arn:${partition}:apigateway:${region}::/${path}`),
    apiDomains: ['domainnames', 'domainnames/*'].map(
      (path) => `arn:${partition}:apigateway:${region}::/${path}`,
    ),
    instance: [config.instanceArn, `${config.instanceArn}/*`],
    phoneNumbers: [here('connect', 'phone-number/*')],
    alarms: [here('cloudwatch', `alarm:${stackName}: *`)],
    dashboards: [global('cloudwatch', `dashboard/${stackName}`)],
    buckets: [bucket],
    objects: [`${bucket}/*`],
    tables: [here('dynamodb', `table/${begin}*`)],
    functions: [here('lambda', `function:${begin}*`)],
    eventSourceMappings: [here('lambda', 'event-source-mapping:*')],
    logGroups: [here('logs', `log-group:${begin}*`)],
    queues: [here('sqs', `${begin}*`)],
    topics: [here('sns', `${begin}*`)],
    rules: [here('events', `rule/${begin}*`)],
    roles: [global('iam', `role/${begin}*`)],
    boundary: config.permissionsBoundaryArn === undefined ? [] : [config.permissionsBoundaryArn],
    ownKey: config.kmsKeyArn === undefined ? [] : [config.kmsKeyArn],
    profileDomain: config.customerProfiles
      ? [here('profile', `domains/${config.customerProfiles.domain}`)]
      : [],
    recordStreams: [config.contactRecordStreamArn],
    mediaStreams: config.mediaStreams
      ? [
          here(
            'kinesisvideo',
            `stream/${config.mediaStreams.prefix}-connect-${config.instanceAlias}-contact-*/*`,
          ),
        ]
      : [],
    mediaKeys: config.mediaStreams?.kmsKeyArn === undefined ? [] : [config.mediaStreams.kmsKeyArn],
    recordKeys:
      config.contactRecordStreamKmsKeyArn === undefined ? [] : [config.contactRecordStreamKmsKeyArn],
    isTested: config.testQueue !== undefined,
    bootstrapVersion: [here('ssm', `parameter${bootstrap.versionParameter}`)],
    assets: [`arn:${partition}:s3:::${bootstrap.assetsBucket}/*`],
    bootstrapRoles: [bootstrap.deployRoleArn, bootstrap.publishingRoleArn, bootstrap.lookupRoleArn],
    linkKey: ['linksecret', begin].map((name) => here('secretsmanager', `secret:${name}*`)),
    connectRoles: [global('iam', 'role/aws-service-role/connect.amazonaws.com/*')],
    apiRoles: [global('iam', 'role/aws-service-role/ops.apigateway.amazonaws.com/*')],
  };
}
