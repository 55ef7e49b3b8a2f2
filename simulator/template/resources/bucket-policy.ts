import { z } from 'zod';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';

const Properties = z.strictObject({ Bucket: z.string(), PolicyDocument: z.unknown() });

/** AWS::S3::BucketPolicy: kept and shown, and asked by nobody. */
export const bucketPolicy: ResourceKind = {
  identify: ({ property }) => ({ ref: String(property('Bucket')), attributes: {} }),
  deploy(resource, { cloud }) {
    const { Bucket, PolicyDocument } = parseProperties(Properties, resource);
    if (!cloud.s3.hasBucket(Bucket))
      throw new TemplateError(`${resource.where}: there is no bucket ${Bucket}`);
    cloud.s3.setBucketPolicy(Bucket, JSON.stringify(PolicyDocument));
  },
  remove({ identity }, { cloud }) {
    const { ref } = identity();
    if (cloud.s3.hasBucket(ref)) cloud.s3.setBucketPolicy(ref, undefined);
  },
};
