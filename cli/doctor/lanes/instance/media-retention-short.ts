import type { Check } from '../../check.ts';
import { mediaStreams } from '../../facts/storage.ts';
import { isTooShort, keptFor, LEAST_RETENTION_HOURS, SUFFERS_FROM_SHORT_RETENTION } from '../../retention.ts';
import { FIX } from '../../remedies.ts';

export const mediaRetentionShort: Check = {
  id: 'media-retention-short',
  lane: 'instance',
  title: 'how long new video streams keep audio',
  async run(look) {
    if (look.config.mediaStreams === undefined) return [];
    const media = await mediaStreams(look);
    if (typeof media === 'string' || !isTooShort(media.retentionHours)) return [];
    return [
      {
        severity: media.retentionHours === 0 ? 'blocker' : 'warning',
        certainty: 'certain',
        what: `Live media streaming keeps audio for ${keptFor(media.retentionHours)}; ${LEAST_RETENTION_HOURS} hours are needed.`,
        suffers: SUFFERS_FROM_SHORT_RETENTION,
        evidence: [
          {
            api: 'connect:ListInstanceStorageConfigs',
            saw: `MEDIA_STREAMS: RetentionPeriodHours ${media.retentionHours}`,
          },
        ],
        remedy: `Run "${FIX}", or set ${LEAST_RETENTION_HOURS} hours in the Amazon Connect console, under the instance's Data storage, Live media streaming. Streams that are there already keep what they have.`,
      },
    ];
  },
};
