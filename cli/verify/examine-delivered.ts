import type { VoicemailKeys } from '../../src/domain/object-keys.ts';
import type { ObjectFinder } from '../aws/voicemail-objects.ts';
import type { Followed } from './follow-link.ts';
import { samplesIn, TEST_WORDS, testSamples } from './test-recording.ts';
import { wordErrors } from './word-errors.ts';

/** Recognizers mishear a synthesizer's voice; words of another message are nearly all wrong. */
const MOST_WRONG_SHARE = 0.5;

/** What is looked at of a voicemail that was delivered. */
export interface DeliveredParts {
  readonly objects: Pick<ObjectFinder, 'transcriptOf'>;
  /** The link on the task. Undefined: it has none. */
  readonly link: string | undefined;
  readonly follow: (url: string) => Promise<Followed>;
  readonly tell: (what: string) => void;
}

/** Sentences without capital and full stop. */
export interface Examined {
  /** What the stack has damaged. */
  readonly wrong: readonly string[];
  /** What could not be looked at. */
  readonly unseen: readonly string[];
}

/** Compares transcript and audio with the recording that was sent. */
export async function examineDelivered(keys: VoicemailKeys, parts: DeliveredParts): Promise<Examined> {
  const transcript = await transcriptProblem(keys, parts);
  const { wrong, unseen } = await linkProblem(parts);
  return { wrong: [...(transcript ?? []), ...(wrong ?? [])], unseen: unseen ?? [] };
}

/** What was said is not repeated: if voicemails got mixed up, they are the words of somebody else. */
async function transcriptProblem(
  keys: VoicemailKeys,
  { objects, tell }: DeliveredParts,
): Promise<readonly string[] | undefined> {
  const transcript = await objects.transcriptOf(keys);
  if (!transcript) return ['it has no transcript'];
  if (transcript.kind === 'gap') return [`it has no transcript: ${transcript.why}`];
  const { errors, words } = wordErrors(TEST_WORDS, transcript.text);
  const counted = `${errors} errors in ${words} words`;
  if (errors > words * MOST_WRONG_SHARE) {
    return [`its transcript has other words: ${counted}, and up to ${words * MOST_WRONG_SHARE} are allowed`];
  }
  tell(`transcript is right: ${counted}, and up to ${words * MOST_WRONG_SHARE} are allowed`);
  return undefined;
}

async function linkProblem({ link, follow, tell }: DeliveredParts): Promise<Partial<Examined>> {
  if (link === undefined) return { wrong: ['its task has no link to the recording'] };
  const followed = await follow(link);
  switch (followed.kind) {
    case 'unreachable':
      return { unseen: [`its link could not be reached from here: ${followed.why}`] };
    case 'refused': {
      const { by, status } = followed;
      const what = by === 'link' ? 'its link does not open' : 'its link leads to no recording';
      return { wrong: [`${what}: status ${status}`] };
    }
    case 'audio': {
      const heard = samplesIn(followed.bytes);
      const sent = testSamples();
      if (Buffer.compare(heard, sent) !== 0)
        return {
          wrong: [
            `its link plays another recording: ${heard.length} bytes of samples, and ${sent.length} were sent`,
          ],
        };
      tell(`link plays the recording: ${followed.bytes.length} bytes, as they were sent`);
      return {};
    }
  }
}
