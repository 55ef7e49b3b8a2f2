import type { StoredFlow } from './flow/flow-store.ts';
import { LAST_MODIFIED_MS } from './instance-defaults.ts';
import { instanceParts, type World } from './world.ts';

/** A flow as the API describes it, without its content. */
export function describedFlow(
  { arn, id, name, type }: StoredFlow,
  state: 'ACTIVE' | 'ARCHIVED',
  world: World,
) {
  return {
    Arn: arn,
    Id: id,
    Name: name,
    Type: type,
    State: state,
    Status: 'PUBLISHED',
    Tags: {},
    LastModifiedTime: LAST_MODIFIED_MS / 1000,
    LastModifiedRegion: instanceParts(world).region,
  };
}
