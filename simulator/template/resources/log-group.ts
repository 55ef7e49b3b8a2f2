import { z } from 'zod';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';
import { Tags, tagsIn } from './tags.ts';

const Ignored = z.unknown().optional();

const Properties = z.strictObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: z.coerce.number().int().min(1).optional(),
  KmsKeyId: z.string().optional(),
  LogGroupClass: z.literal('STANDARD').optional(),
  Tags,
  DataProtectionPolicy: Ignored,
  DeletionProtectionEnabled: Ignored,
  FieldIndexPolicies: Ignored,
  ResourcePolicyDocument: Ignored,
});

/** AWS::Logs::LogGroup */
export const logGroup: ResourceKind = {
  identify({ name, account: { partition, region, id } }) {
    const ref = name('LogGroupName', { longest: 512 });
    return { ref, attributes: { Arn: `arn:${partition}:logs:${region}:${id}:log-group:${ref}:*` } };
  },
  deploy(resource, { cloud }) {
    const properties = parseProperties(Properties, resource);
    cloud.logs.putGroup({
      name: resource.identity().ref,
      retentionDays: properties.RetentionInDays,
      keyArn: properties.KmsKeyId,
      tags: tagsIn(properties.Tags),
    });
  },
  update: (resource, stack) => logGroup.deploy?.(resource, stack),
  remove: ({ identity }, { cloud }) => cloud.logs.removeGroup(identity().ref),
};
