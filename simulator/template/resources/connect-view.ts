import { createHash } from 'node:crypto';
import { z } from 'zod';
import { uuidOf } from '../physical-name.ts';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';
import { requireInstance } from './connect-instance.ts';

const Properties = z.strictObject({
  InstanceArn: z.string(),
  Name: z
    .string()
    .max(512)
    .regex(/^[\p{L}\p{N}_.:/=+\-@]+[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
  Template: z.record(z.string(), z.unknown()),
  Actions: z.array(z.string().min(1).max(255)).max(1000),
  Description: z.string().max(4096).optional(),
  Tags: z.unknown().optional(),
});

/** AWS::Connect::View, published. Its content is not checked. */
export const connectView: ResourceKind = {
  identify({ property, seed }) {
    const ViewId = uuidOf(seed);
    const ViewArn = `${String(property('InstanceArn'))}/view/${ViewId}`;
    const template = JSON.stringify(property('Template') ?? null);
    const ViewContentSha256 = createHash('sha256').update(template).digest('hex');
    return { ref: ViewArn, attributes: { ViewArn, ViewId, ViewContentSha256 } };
  },
  deploy(resource, { cloud: { connect } }) {
    const { InstanceArn, Name: name, Template: content, Actions } = parseProperties(Properties, resource);
    requireInstance(InstanceArn, connect, resource.where);
    const arn = resource.identity().ref;
    connect.views.add({ id: arn.replace(/^.*\//, ''), arn, name, content, actions: Actions });
  },
  remove: ({ identity }, { cloud: { connect } }) => connect.views.remove(identity().ref),
};
