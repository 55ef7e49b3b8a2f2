import { homeOf } from './arns.ts';
import type { VoicemailConfig } from './config.ts';
import { linkHostOf, opensAt } from './link-settings.ts';
import { gapsIn } from './regions/region-gaps.ts';
import type { RegionGap } from './regions/region-table.ts';

/** What the settings want and the Region does not have. */
interface Missing extends Pick<RegionGap, 'what' | 'source'> {
  readonly setting: 'links.host' | 'links.alsoAt';
  /** What to write instead. */
  readonly remedy: string;
}

/**
 * What a stack with these settings needs and the Region does not have, by AWS's documentation. What it can do without
 * is not here: the stack leaves that out, see `leaveOutWhatIsMissing`.
 */
export function missingInRegion(config: VoicemailConfig): readonly Missing[] {
  if (!opensAt('function-url', config)) return [];
  const { region } = homeOf(config.instanceArn);
  const isHost = linkHostOf(config) === 'function-url';
  return gapsIn(region)
    .filter(({ resourceType }) => resourceType === 'AWS::Lambda::Url')
    .map(({ what, source }) => ({
      what: `${what}, through which links to recordings are opened`,
      source,
      setting: isHost ? 'links.host' : 'links.alsoAt',
      remedy: isHost
        ? "Set links.host to 'api-gateway', 'own-domain' or 'none', or leave links out."
        : 'Leave links.alsoAt out.',
    }));
}
