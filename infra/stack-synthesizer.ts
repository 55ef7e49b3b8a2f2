import { DefaultStackSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';
import { z } from 'zod';
import type { Bootstrap } from './bootstrap-settings.ts';

/** CDK's class has members that may be undefined; its interface says that they may be absent. */
const Synthesizer = z.custom<IStackSynthesizer>((made) => made instanceof DefaultStackSynthesizer);

/** Has the assembly name the roles and the bucket that a deployment works with. */
export function stackSynthesizer({ qualifier, assetsBucket, ...roles }: Bootstrap): IStackSynthesizer {
  return Synthesizer.parse(
    new DefaultStackSynthesizer({
      qualifier,
      deployRoleArn: roles.deployRoleArn,
      fileAssetPublishingRoleArn: roles.publishingRoleArn,
      cloudFormationExecutionRole: roles.cloudFormationRoleArn,
      fileAssetsBucketName: assetsBucket,
    }),
  );
}
