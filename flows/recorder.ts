import {
  audioStart,
  type AudioNames,
  audioStop,
  type RecordingFlow,
  startAudio,
  stopAudio,
  stopUnflagged,
} from './audio-steps.ts';
import type { Steps } from './builder/step.ts';
import type { CallerSettings } from './settings.ts';
import { say } from './spoken.ts';

/** As long as GetParticipantInput waits for a key. */
const LONGEST_WAIT_SECONDS = 180;
/** A second of silence is what it plays before it waits: it must play something. */
const SILENCE_SECONDS = 1;
const SILENCE = '<speak><break time="1s"/></speak>';
/** A word that is bleeped out: a tone of about a second. The shorter the word, the shorter the tone. */
const TONE = '<speak><say-as interpret-as="expletive">beep</say-as></speak>';
const SHORT_TONE = '<speak><say-as interpret-as="expletive">a</say-as></speak>';
const WARNING_SECONDS = 10;
/** A voicemail of less than this ends without a warning. */
const LEAST_SECONDS_TO_WARN = 20;
/** After the first try. */
const RETRIES = 2;

type Names =
  | 'Another try?'
  | 'Ask for a moment'
  | 'Flag as voicemail'
  | 'Tone'
  | 'Record'
  | 'Thank the caller'
  | 'Hang up';

/** There are these only if the voicemail may be long enough. */
type NamesOfLong = 'Three more minutes?' | 'Record three minutes' | 'Record the last seconds';

/** Those that only some recorders have. */
type MoreNames = AudioNames | NamesOfLong;

type RecorderSteps<Exit extends string> = Steps<RecordingFlow, Names, MoreNames | Exit> &
  Partial<Steps<RecordingFlow, MoreNames, Names | Exit>>;

/** The texts that the recorder says. */
export const RECORDER_TEXTS = ['oneMoment', 'thanks'] as const;

/**
 * Records a voicemail: the source of audio first, then the flag, then the tone, so that a flagged contact always has
 * audio, and an unflagged one never looks like a voicemail. Any key and the time limit end in thanks; a hang-up ends
 * the flow where it is, which is as good.
 *
 * Starts at `audioStart`, needs RECORDER_TEXTS. `impossible` is where a caller goes on who cannot leave a
 * voicemail: nothing is flagged then, and nothing is recorded any more.
 */
export function recorder<Exit extends string>(
  settings: CallerSettings,
  impossible: Exit,
): RecorderSteps<Exit> {
  const { threeMinutes, untilWarningSeconds, hasWarning } = recordingPlan(settings.maxSeconds);
  const { audioSource: source } = settings;
  const stop = audioStop(source);
  return {
    ...startAudio(source, { started: 'Flag as voicemail', failed: 'Another try?' }),
    'Another try?': {
      type: 'Loop',
      parameters: { LoopCount: `${RETRIES}` },
      conditions: [
        { operator: 'Equals', operand: 'ContinueLooping', next: 'Ask for a moment' },
        { operator: 'Equals', operand: 'DoneLooping', next: impossible },
      ],
      next: impossible,
    },
    'Ask for a moment': say('oneMoment', audioStart(source)),
    'Flag as voicemail': {
      type: 'UpdateContactAttributes',
      parameters: { Attributes: { vmx3_flag: '1' }, TargetContact: 'Current' },
      next: 'Tone',
      errors: { NoMatchingError: 'Stop what was not flagged' },
    },
    ...stopUnflagged(source, impossible),
    Tone: {
      type: 'MessageParticipant',
      parameters:
        settings.tonePromptArn === undefined ? { SSML: TONE } : { PromptId: settings.tonePromptArn },
      next: threeMinutes > 0 ? 'Three more minutes?' : 'Record',
      errors: { NoMatchingError: threeMinutes > 0 ? 'Three more minutes?' : 'Record' },
    },
    ...(threeMinutes > 0 && {
      'Three more minutes?': {
        type: 'Loop',
        parameters: { LoopCount: `${threeMinutes}` },
        conditions: [
          { operator: 'Equals', operand: 'ContinueLooping', next: 'Record three minutes' },
          { operator: 'Equals', operand: 'DoneLooping', next: 'Record' },
        ],
        next: 'Record',
      },
      'Record three minutes': record(LONGEST_WAIT_SECONDS, 'Three more minutes?', stop),
    }),
    Record: record(untilWarningSeconds, hasWarning ? 'Record the last seconds' : stop, stop),
    ...(hasWarning && {
      'Record the last seconds': listen(
        settings.tonePromptArn === undefined ? { SSML: SHORT_TONE } : { PromptId: settings.tonePromptArn },
        WARNING_SECONDS - 1,
        { timeUp: stop, spoken: stop },
      ),
    }),
    ...stopAudio(source, 'Thank the caller'),
    'Thank the caller': say('thanks', 'Hang up'),
    'Hang up': { type: 'DisconnectParticipant' },
  };
}

/** How `maxSeconds` are put together of waits that are at most three minutes long. */
export function recordingPlan(maxSeconds: number): {
  readonly threeMinutes: number;
  readonly untilWarningSeconds: number;
  readonly hasWarning: boolean;
} {
  const hasWarning = maxSeconds >= LEAST_SECONDS_TO_WARN;
  const seconds = hasWarning ? maxSeconds - WARNING_SECONDS : maxSeconds;
  // What remains is two seconds at least: one of silence, one of waiting.
  const threeMinutes = Math.ceil((seconds - SILENCE_SECONDS) / LONGEST_WAIT_SECONDS) - 1;
  return { threeMinutes, untilWarningSeconds: seconds - threeMinutes * LONGEST_WAIT_SECONDS, hasWarning };
}

function record<TimeUp extends string, Spoken extends string>(
  seconds: number,
  timeUp: TimeUp,
  spoken: Spoken,
) {
  return listen({ SSML: SILENCE }, seconds - SILENCE_SECONDS, { timeUp, spoken });
}

/** Waits for a key while the caller speaks. */
function listen<TimeUp extends string, Spoken extends string>(
  prompt: { readonly SSML: string } | { readonly PromptId: string },
  seconds: number,
  { timeUp, spoken }: { readonly timeUp: TimeUp; readonly spoken: Spoken },
) {
  return {
    type: 'GetParticipantInput',
    parameters: { ...prompt, StoreInput: 'False', InputTimeLimitSeconds: `${seconds}` },
    next: spoken,
    errors: {
      InputTimeLimitExceeded: timeUp,
      NoMatchingCondition: spoken,
      NoMatchingError: spoken,
    },
  } as const;
}
