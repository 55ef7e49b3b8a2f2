import { arnIn } from '../../../infra/arns.ts';
import { fact } from '../look.ts';
import { keyOf } from '../../aws/keys.ts';
import { recordStream } from './record-stream.ts';
import { callRecordings, mediaStreams } from './storage.ts';

/** A key of the account's people that voicemails depend on. */
export interface UsedKey {
  /** An ARN; an id or alias of one that is not there. */
  readonly keyId: string;
  /** What is encrypted with it: `live media streaming`. */
  readonly uses: readonly string[];
  /** `Enabled`, `Disabled` …; `not found`, `elsewhere`: it is of another Region. */
  readonly state: string;
}

/** Keys that the settings name, and those that are in use; a key of AWS's own is none of them. */
export const usedKeys = fact(async (look): Promise<readonly UsedKey[]> => {
  const { mediaStreams: mediaSettings, ivrRecordings, contactRecordStreamKmsKeyArn, kmsKeyArn } = look.config;
  const [media, recordings, stream] = await Promise.all([
    mediaStreams(look),
    ivrRecordings === undefined ? 'off' : callRecordings(look),
    recordStream(look),
  ]);
  const named: readonly (readonly [string | undefined, string])[] = [
    [mediaSettings?.kmsKeyArn, 'mediaStreams.kmsKeyArn'],
    [ivrRecordings?.kmsKeyArn, 'ivrRecordings.kmsKeyArn'],
    [contactRecordStreamKmsKeyArn, 'contactRecordStreamKmsKeyArn'],
    [kmsKeyArn, 'kmsKeyArn'],
    [typeof media === 'string' ? undefined : media.keyId, 'live media streaming'],
    [typeof recordings === 'string' ? undefined : recordings.keyId, 'call recordings'],
    [stream?.keyId, 'the contact record stream'],
  ];
  const keys = new Map<string, UsedKey>();
  for (const [keyId, use] of named) {
    if (keyId === undefined || keyId === '') continue;
    const region = arnIn(keyId)?.region;
    const isElsewhere = region !== undefined && region !== look.home.region;
    const found = isElsewhere ? 'elsewhere' : await keyOf(keyId, look);
    if (typeof found === 'object' && found.isOfAws) continue;
    const [name, state] = typeof found === 'object' ? [found.arn, found.state] : [keyId, found];
    keys.set(name, { keyId: name, state, uses: [...(keys.get(name)?.uses ?? []), use] });
  }
  return [...keys.values()];
});
