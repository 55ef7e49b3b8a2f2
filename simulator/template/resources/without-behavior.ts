import { uuidOf } from '../physical-name.ts';
import type { ResourceKind } from '../resource-kind.ts';

const NAMED_ONLY: ResourceKind = {
  identify: ({ name }) => ({ ref: name('Name', { longest: 255 }), attributes: {} }),
};

const KEY: ResourceKind = {
  identify({ seed, account: { partition, region, id } }) {
    const KeyId = uuidOf(seed);
    return { ref: KeyId, attributes: { KeyId, Arn: `arn:${partition}:kms:${region}:${id}:key/${KeyId}` } };
  },
};

/**
 * Types without any effect in the simulator: they are for operators, or for data at rest. They are listed in
 * the deployment, and others can refer to them.
 */
export const WITHOUT_BEHAVIOR: Readonly<Record<string, ResourceKind>> = {
  'AWS::CDK::Metadata': NAMED_ONLY,
  'AWS::KMS::Alias': NAMED_ONLY,
  'AWS::KMS::Key': KEY,
  'AWS::Logs::MetricFilter': NAMED_ONLY,
  'AWS::Logs::QueryDefinition': NAMED_ONLY,
};
