import type { Check } from '../../check.ts';
import { videoStreams } from '../../facts/video-streams.ts';
import { isTooShort, LEAST_RETENTION_HOURS, SUFFERS_FROM_SHORT_RETENTION } from '../../retention.ts';

export const videoStreamsKeepLess: Check = {
  id: 'video-streams-keep-less',
  lane: 'streams and keys',
  title: 'how long the video streams that are there keep audio',
  async run(look) {
    if (look.config.mediaStreams === undefined) return [];
    const all = await videoStreams(look);
    const short = all.filter(({ retentionHours }) => isTooShort(retentionHours));
    if (short.length === 0) return [];
    const least = Math.min(...short.map(({ retentionHours }) => retentionHours));
    return [
      {
        severity: least === 0 ? 'blocker' : 'warning',
        certainty: 'certain',
        what: `${short.length} of ${all.length} video streams of this instance keep audio for less than ${LEAST_RETENTION_HOURS} hours. Amazon Connect uses them again, and a stream keeps what was set when it was made.`,
        suffers: SUFFERS_FROM_SHORT_RETENTION,
        evidence: [{ api: 'kinesisvideo:ListStreams', saw: `DataRetentionInHours: ${least} the least` }],
        remedy:
          "Give live media streaming another prefix in the Amazon Connect console, under the instance's Data storage, so that Amazon Connect makes new streams with the retention that is set there; set mediaStreams.prefix to it, and deploy. AWS advises against changing the streams by hand.",
      },
    ];
  },
};
