import { type AudioSource, isStreamed } from '../src/domain/audio-source.ts';
import type { Steps } from './builder/step.ts';

/** Flows in which voicemails are recorded. */
export type RecordingFlow = 'MODULE' | 'CUSTOMER_QUEUE';

/** The step that a voicemail begins with. */
export type AudioStart = 'Start streaming' | 'Start recording';

export type AudioNames =
  | AudioStart
  | 'Record too'
  | 'Record instead'
  | 'Stop what was not flagged'
  | 'Stop recording what was not flagged'
  | 'Stop streaming'
  | 'Stop recording';

/** Where the audio goes, step by step. Which of the names there are depends on the source. */
type AudioSteps<Next extends string> = Partial<Steps<RecordingFlow, AudioNames, Next>>;

export function audioStart(source: AudioSource): AudioStart {
  return isStreamed(source) ? 'Start streaming' : 'Start recording';
}

/** The step that ends what is streamed or recorded. */
export function audioStop(source: AudioSource): 'Stop streaming' | 'Stop recording' {
  return isStreamed(source) ? 'Stop streaming' : 'Stop recording';
}

/**
 * Starts at `audioStart`. With both sources one of them is enough: the caller goes on to `started` if either runs, and
 * to `failed` if neither does.
 *
 * The recording is started at the message, and was not before: so nothing must be cut off, and no pause of a recording
 * that was begun earlier puts the message elsewhere.
 */
export function startAudio<Started extends string, Failed extends string>(
  source: AudioSource,
  { started, failed }: { readonly started: Started; readonly failed: Failed },
): AudioSteps<Started | Failed> {
  switch (source) {
    case 'stream':
      return { 'Start streaming': startStreaming(started, failed) };
    case 'ivr':
      return { 'Start recording': setRecording('Enabled', started, failed) };
    case 'both':
      return {
        'Start streaming': startStreaming('Record too', 'Record instead'),
        'Record too': setRecording('Enabled', started, started),
        'Record instead': setRecording('Enabled', started, failed),
      };
  }
}

/** Starts at `Stop what was not flagged`. */
export function stopUnflagged<Next extends string>(source: AudioSource, next: Next): AudioSteps<Next> {
  switch (source) {
    case 'stream':
      return { 'Stop what was not flagged': stopStreaming(next) };
    case 'ivr':
      return { 'Stop what was not flagged': setRecording('Disabled', next, next) };
    case 'both':
      return {
        'Stop what was not flagged': stopStreaming('Stop recording what was not flagged'),
        'Stop recording what was not flagged': setRecording('Disabled', next, next),
      };
  }
}

/** Starts at `audioStop`. */
export function stopAudio<Next extends string>(source: AudioSource, next: Next): AudioSteps<Next> {
  switch (source) {
    case 'stream':
      return { 'Stop streaming': stopStreaming(next) };
    case 'ivr':
      return { 'Stop recording': setRecording('Disabled', next, next) };
    case 'both':
      return {
        'Stop streaming': stopStreaming('Stop recording'),
        'Stop recording': setRecording('Disabled', next, next),
      };
  }
}

function startStreaming<Next extends string, Failed extends string>(next: Next, failed: Failed) {
  return {
    type: 'UpdateContactMediaStreamingBehavior',
    parameters: {
      MediaStreamingState: 'Enabled',
      MediaStreamType: 'Audio',
      Participants: [{ ParticipantType: 'Customer', MediaDirections: ['From'] }],
    },
    next,
    errors: { NoMatchingError: failed },
  } satisfies Steps<RecordingFlow, 'Start', Next | Failed>['Start'];
}

export function stopStreaming<Next extends string>(next: Next) {
  return {
    type: 'UpdateContactMediaStreamingBehavior',
    parameters: {
      MediaStreamingState: 'Disabled',
      MediaStreamType: 'Audio',
      Participants: [{ ParticipantType: 'Customer', MediaDirections: ['From', 'To'] }],
    },
    next,
    errors: { NoMatchingError: next },
  } satisfies Steps<RecordingFlow | 'AGENT_WHISPER', 'Stop', Next>['Stop'];
}

/**
 * The recording of the automated interaction. The older action for it has no error branches, so that a caller could
 * not hear of it. Who is recorded in the talk with an agent is left out: that is not for a voicemail to change.
 */
function setRecording<Next extends string, Failed extends string>(
  to: 'Enabled' | 'Disabled',
  next: Next,
  failed: Failed,
) {
  return {
    type: 'UpdateContactRecordingAndAnalyticsBehavior',
    parameters: { VoiceBehavior: { VoiceRecordingBehavior: { IVRRecordingBehavior: to } } },
    next,
    errors: { NoMatchingError: failed, ChannelMismatch: failed },
  } satisfies Steps<RecordingFlow, 'Set', Next | Failed>['Set'];
}
