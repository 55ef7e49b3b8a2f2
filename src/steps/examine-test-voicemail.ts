import type { VoicemailKeys } from '../domain/object-keys.ts';
import { samplesOf } from '../domain/audio/wav.ts';
import { type Examined, TEST_WORDS } from '../domain/test-voicemail.ts';
import { wordErrors } from '../domain/word-errors.ts';
import type { TestWork } from './test-ports.ts';

/** Recognizers mishear a synthesizer's voice; words of another message are nearly all wrong. */
const MOST_WRONG_SHARE = 0.5;

interface Parts extends Pick<TestWork, 'objects' | 'hasLinks' | 'follow' | 'pcm'> {
  readonly tell: (what: string) => void;
}

/** Compares transcript and audio with the recording that was sent. `link`: undefined, if its task has none. */
export async function examineTask(
  keys: VoicemailKeys,
  parts: Parts & { readonly link: string | undefined },
): Promise<Examined> {
  const transcript = await examineTranscript(keys, parts);
  const { wrong = [], unseen = [] } = await linkProblem(parts);
  return { wrong: [...transcript, ...wrong], unseen };
}

/** What was said is not repeated: if voicemails got mixed up, they are the words of somebody else. */
export async function examineTranscript(
  keys: VoicemailKeys,
  { objects, tell }: Pick<Parts, 'objects' | 'tell'>,
): Promise<readonly string[]> {
  const transcript = await objects.transcriptOf(keys);
  if (!transcript) return ['it has no transcript'];
  if (transcript.kind === 'gap') return [`it has no transcript: ${transcript.why}`];
  const { errors, words } = wordErrors(TEST_WORDS, transcript.text);
  const counted = `${errors} errors in ${words} words`;
  if (errors > words * MOST_WRONG_SHARE) {
    return [`its transcript has other words: ${counted}, and up to ${words * MOST_WRONG_SHARE} are allowed`];
  }
  tell(`transcript is right: ${counted}, and up to ${words * MOST_WRONG_SHARE} are allowed`);
  return [];
}

async function linkProblem({
  link,
  hasLinks,
  follow,
  pcm: sent,
  tell,
}: Parts & { readonly link: string | undefined }): Promise<Partial<Examined>> {
  if (link === undefined && !hasLinks) {
    tell('no link: the settings say that tasks have none, so its recording is not played');
    return {};
  }
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
      const heard = samplesOf(followed.bytes);
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
