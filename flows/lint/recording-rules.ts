import type { Finding } from './finding.ts';
import type { FlowGraph } from './flow-graph.ts';
import { onePerAction } from './one-per-action.ts';
import type { Moment, RecordingWalk, Step } from './recording-walk.ts';
import type { Subject } from './subject.ts';
import { flagChange, goesElsewhere, isTimeToSpeak, ivrRecordingChange } from './voicemail-actions.ts';

const LONGEST_INPUT_SECONDS = 180;

/** How the caller is kept on the line while speaking, and for how long. */
export function recordingFindings({ walk, graph }: Subject): readonly Finding[] {
  const recorded = walk.moments.filter(({ isRecording }) => isRecording);
  return onePerAction([
    ...walk.moments.flatMap((moment) => leftBehindFindings(moment)),
    ...walk.moments.flatMap((moment) => pauseFindings(moment, graph)),
    ...recorded.flatMap((moment) => waitFindings(moment)),
    ...recorded.flatMap((moment) => timeFindings(moment)),
    ...recorded.filter((moment) => isEndless(moment, walk)).map((moment) => endless(moment)),
  ]);
}

function leftBehindFindings({ action, flaggedBy, isStreaming }: Moment): readonly Finding[] {
  if (!goesElsewhere(action)) return [];
  const about = { severity: 'warning', action: action.Identifier } as const;
  const flag = {
    ...about,
    rule: 'flag-left-set',
    message:
      'The call can go on from here with vmx3_flag still set: if no agent takes it, it is delivered as a voicemail, ' +
      'with whatever was recorded. Set the flag to 0 first.',
  };
  const streaming = {
    ...about,
    rule: 'streaming-left-running',
    message:
      'The call can go on from here with streaming still running: what the caller says to an agent is streamed too. ' +
      'Stop streaming first.',
  };
  return [...(flaggedBy ? [flag] : []), ...(isStreaming ? [streaming] : [])];
}

/** A recording of the automated interaction that is paused, and goes on for a message. */
function pauseFindings({ action, isIvrRecorded }: Moment, graph: FlowGraph): readonly Finding[] {
  if (!isIvrRecorded || ivrRecordingChange(action) !== 'pauses') return [];
  const again = [...graph.reachableFrom([action])].filter((next) => ivrRecordingChange(next) === 'starts');
  if (![...graph.reachableFrom(again)].some((next) => flagChange(next) === 'sets')) return [];
  return [
    {
      severity: 'warning',
      action: action.Identifier,
      rule: 'recording-paused-before-message',
      message:
        'The recording is paused here, and goes on in the same file for a message. Whether the pause is silence in the ' +
        'file or is cut out is not documented, so vmx3_timestamp may not say where the message begins. Start recording ' +
        'at the message, and not before.',
    },
  ];
}

function waitFindings({ action }: Moment): readonly Finding[] {
  if (action.Type !== 'Wait') return [];
  return [
    {
      severity: 'error',
      action: action.Identifier,
      rule: 'wait-records',
      message:
        'Wait does not hold a phone call: it takes its error branch at once, and the recording is over before the ' +
        'caller has said a word. Use GetParticipantInput with a time limit.',
    },
  ];
}

function timeFindings({ action }: Moment): readonly Finding[] {
  const limit = Number(action.Parameters['InputTimeLimitSeconds']);
  if (action.Type !== 'GetParticipantInput' || !(limit > LONGEST_INPUT_SECONDS)) return [];
  return [
    {
      severity: 'error',
      action: action.Identifier,
      rule: 'recording-over-180-seconds',
      message:
        `The caller is given ${limit} seconds, and one GetParticipantInput lasts ${LONGEST_INPUT_SECONDS} at most: the ` +
        'message would be cut off. Put several in a row, or one into a Loop.',
    },
  ];
}

/** Whether the caller can be kept speaking without an end, without doing anything about it. */
function isEndless(from: Moment, walk: RecordingWalk): boolean {
  if (!isVoicemail(from) || !isTimeToSpeak(from.action)) return false;
  const reached = new Set<Moment>();
  const goOn = (moment: Moment) => {
    for (const step of walk.stepsFrom(moment)) {
      if (isVoicemail(step.to) && !isLimited(moment, step)) reached.add(step.to);
    }
  };
  goOn(from);
  for (const moment of reached) goOn(moment);
  return reached.has(from);
}

function isVoicemail({ isRecording, flaggedBy }: Moment): boolean {
  return isRecording && flaggedBy !== undefined;
}

/** A step that a Loop counts, or that takes a key of the caller's. */
function isLimited({ action }: Moment, { edge: { kind, because } }: Step): boolean {
  if (action.Type === 'Loop') return because === 'ContinueLooping';
  if (action.Type !== 'GetParticipantInput') return false;
  return kind === 'condition' || because === 'NoMatchingCondition';
}

function endless({ action }: Moment): Finding {
  return {
    severity: 'error',
    action: action.Identifier,
    rule: 'no-recording-limit',
    message:
      'Nothing ends the recording but the caller: a line left open is recorded, and paid for, until Connect ends the ' +
      'call. Count the rounds with a Loop.',
  };
}
