import { CfnResource, type Stack } from 'aws-cdk-lib';
import { gapsIn } from '../regions/region-gaps.ts';

/**
 * Leaves out of the template what the Region does not know and the stack can do without: the JSON log format and the
 * tags of event source mappings in GovCloud. Then Lambda writes its own lines as text, and ours are still JSON.
 * Call it last: it sees the resources that are there.
 *
 * A type that is missing stays: which type is made instead is for the settings to say.
 */
export function leaveOutWhatIsMissing(stack: Stack): void {
  const gaps = gapsIn(stack.region).flatMap(({ resourceType, property }) =>
    property ? [{ resourceType, path: property.join('.') }] : [],
  );
  for (const construct of stack.node.findAll()) {
    if (!CfnResource.isCfnResource(construct)) continue;
    for (const { resourceType, path } of gaps) {
      if (construct.cfnResourceType === resourceType) construct.addPropertyDeletionOverride(path);
    }
  }
}
