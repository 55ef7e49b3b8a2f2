import { gapsIn } from './region-gaps.ts';
import type { RegionGap } from './region-table.ts';

/** What the stack uses of the things that AWS does not have everywhere, by type of resource, and for what. */
const USES: Readonly<Record<string, string>> = {
  'AWS::Lambda::Url': 'through which links to recordings are opened',
  'AWS::Lambda::Function': 'which all functions write',
};

/** What the stack uses and the Region does not have, by AWS's documentation. */
export function missingIn(region: string): readonly Pick<RegionGap, 'what' | 'source'>[] {
  return gapsIn(region).flatMap(({ what, resourceType, source }) => {
    const forWhat = USES[resourceType];
    return forWhat === undefined ? [] : [{ what: `${what}, ${forWhat}`, source }];
  });
}
