import type { Check, Finding } from '../../check.ts';
import { keyOf } from '../../../aws/keys.ts';
import { mediaStreams } from '../../facts/storage.ts';
import { videoStreams } from '../../facts/video-streams.ts';
import type { Look } from '../../look.ts';

export const mediaKeyDiffers: Check = {
  id: 'media-key-differs',
  lane: 'streams and keys',
  title: 'whether the settings name the key of the video streams',
  async run(look) {
    if (look.config.mediaStreams === undefined) return [];
    const media = await mediaStreams(look);
    if (typeof media === 'string') return [];
    const wanted = look.config.mediaStreams.kmsKeyArn;
    const used = await ownKey(media.keyId, look);
    if (used !== wanted) return [differenceOf(wanted, used)];
    const others = await keysOfOlderStreams(wanted, look);
    return others.length === 0 ? [] : [olderKeys(wanted, others)];
  },
};

/** Undefined: a key of AWS's own, which needs no setting. One that is not there goes by what it was called. */
async function ownKey(keyId: string | undefined, look: Look): Promise<string | undefined> {
  if (keyId === undefined || keyId === '') return undefined;
  const key = await keyOf(keyId, look);
  if (key === 'not found') return keyId;
  return key.isOfAws ? undefined : key.arn;
}

async function keysOfOlderStreams(wanted: string | undefined, look: Look): Promise<readonly string[]> {
  const keyIds = new Set((await videoStreams(look)).map(({ keyId }) => keyId));
  const keys = await Promise.all([...keyIds].map((keyId) => ownKey(keyId, look)));
  return [...new Set(keys)].filter((key) => key !== undefined && key !== wanted).map(String);
}

function differenceOf(wanted: string | undefined, used: string | undefined): Finding {
  const isNeedless = used === undefined;
  return {
    severity: isNeedless ? 'note' : 'blocker',
    certainty: 'certain',
    what: `mediaStreams.kmsKeyArn is ${wanted ?? 'not set'}, and live media streaming encrypts with ${used ?? 'a key of AWS'}.`,
    suffers: isNeedless
      ? 'Nobody: the functions may use a key that they do not need.'
      : 'Callers: no recording can be decrypted, and agents get tasks without one.',
    evidence: [{ api: 'connect:ListInstanceStorageConfigs', saw: `MEDIA_STREAMS: key ${used ?? 'of AWS'}` }],
    remedy: `${isNeedless ? 'Leave out mediaStreams.kmsKeyArn' : `Set mediaStreams.kmsKeyArn: '${used}'`} in the settings, and deploy.`,
  };
}

function olderKeys(wanted: string | undefined, others: readonly string[]): Finding {
  return {
    severity: 'blocker',
    certainty: 'certain',
    what: `Video streams that are there are encrypted with ${others.join(' and ')}, and mediaStreams.kmsKeyArn is ${wanted ?? 'not set'}. Amazon Connect uses them again, and a stream keeps the key that it was made with.`,
    suffers: 'Callers whose message is on such a stream: their recording cannot be decrypted.',
    evidence: [{ api: 'kinesisvideo:ListStreams', saw: `KmsKeyId: ${others.join(', ')}` }],
    remedy:
      "Give live media streaming another prefix in the Amazon Connect console, under the instance's Data storage, so that Amazon Connect makes new streams, set mediaStreams.prefix to it, and deploy.",
  };
}
