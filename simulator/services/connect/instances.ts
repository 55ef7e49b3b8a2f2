import { LAST_MODIFIED_MS } from './instance-defaults.ts';
import { instanceParts, type OtherInstance, type World } from './world.ts';

/** The instances of the account, as the API describes them; the one that takes calls is the first. */
export function instancesOf({ instanceArn: arn, alias, status, otherInstances = [] }: World) {
  const own: OtherInstance = { arn, alias, ...(status && { status }) };
  return [own, ...otherInstances].map(described);
}

function described({ arn, alias, status = 'ACTIVE' }: OtherInstance) {
  const { accountId, instanceId, partition } = instanceParts({ instanceArn: arn });
  return {
    Id: instanceId,
    Arn: arn,
    IdentityManagementType: 'CONNECT_MANAGED',
    InstanceAlias: alias,
    CreatedTime: LAST_MODIFIED_MS / 1000,
    ServiceRole: `arn:${partition}:iam::${accountId}:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_${instanceId.slice(-12)}`,
    InstanceStatus: status,
    ...(status === 'CREATION_FAILED' && {
      StatusReason: { Message: 'The instance could not be created.' },
    }),
    InboundCallsEnabled: true,
    OutboundCallsEnabled: true,
    InstanceAccessUrl: `https://${alias}.my.connect.aws`,
  };
}
