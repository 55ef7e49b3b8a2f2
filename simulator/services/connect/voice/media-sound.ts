import { WavError, wavContent } from '../../../audio/wav-content.ts';
import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../../service.ts';
import type { SimulatedS3 } from '../../s3/s3.ts';
import { parseMediaUri } from '../../transcribe/media-uri.ts';
import { instanceParts, type World } from '../world.ts';
import type { PromptSound } from './prompt-sound.ts';

const MU_LAW_TAG = 7;
const RATE_HZ = 8000;
const LONGEST_MS = 300_000;

/**
 * The sound of an audio file in S3. Its words are unknown, so the sound is called `(audio greeting.wav)`.
 * The file must be WAV, 8 kHz, mono, mu-law, less than five minutes, and in the instance's Region. The
 * bucket's policy is not checked.
 *
 * Source: administrator guide, "Set up prompts to play from an S3 bucket".
 */
export async function mediaSound(
  uri: string,
  { clock, s3, world }: { clock: Clock; s3?: Pick<SimulatedS3, 'get'>; world: World },
): Promise<PromptSound> {
  if (!s3) return unplayable(uri, 'there is no S3');
  const done = clock.busy();
  try {
    const { bucket, key } = parseMediaUri(uri, instanceParts(world).region);
    const { body } = await s3.get(bucket, key);
    const { formatTag, channels, sampleRateHz, data } = wavContent(body);
    if (formatTag !== MU_LAW_TAG || channels !== 1 || sampleRateHz !== RATE_HZ)
      return unplayable(uri, 'is not 8 kHz mono mu-law');
    const lengthMs = Math.ceil((data.length / RATE_HZ) * 1000);
    if (lengthMs >= LONGEST_MS) return unplayable(uri, 'is too long');
    return { kind: 'sound', sounds: [{ says: `(audio ${key.replace(/^.*\//, '')})`, lengthMs }] };
  } catch (error) {
    if (error instanceof AwsError || error instanceof WavError) return unplayable(uri, error.message);
    throw error;
  } finally {
    done();
  }
}

function unplayable(uri: string, why: string): PromptSound {
  return { kind: 'unplayable', reason: `${uri}: ${why}` };
}
