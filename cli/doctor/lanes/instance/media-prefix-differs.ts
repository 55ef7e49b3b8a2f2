import type { Check } from '../../check.ts';
import { mediaStreams } from '../../facts/storage.ts';

export const mediaPrefixDiffers: Check = {
  id: 'media-prefix-differs',
  lane: 'instance',
  title: 'whether the settings have the prefix of live media streaming',
  async run(look) {
    if (look.config.mediaStreams === undefined) return [];
    const media = await mediaStreams(look);
    const { prefix } = look.config.mediaStreams;
    if (typeof media === 'string' || media.prefix === prefix) return [];
    return [
      {
        severity: 'blocker',
        certainty: 'certain',
        what: `mediaStreams.prefix is "${prefix}", and live media streaming of the instance has the prefix "${media.prefix}".`,
        suffers:
          'Callers: no recording can be read, as the functions may only read streams with that prefix.',
        evidence: [
          { api: 'connect:ListInstanceStorageConfigs', saw: `MEDIA_STREAMS: prefix ${media.prefix}` },
        ],
        remedy: `Set mediaStreams: { prefix: '${media.prefix}' } in the settings, and deploy.`,
      },
    ];
  },
};
