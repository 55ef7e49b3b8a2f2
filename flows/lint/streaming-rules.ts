import type { FlowAction } from '../language/document.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';
import {
  flagChange,
  goesElsewhere,
  isHeard,
  ivrRecordingChange,
  startsRecording,
  streamedDirections,
} from './voicemail-actions.ts';

/** How streaming starts, and what happens to the call if it does not. */
export function streamingFindings(subject: Subject): readonly Finding[] {
  const reached = subject.walk.moments.map(({ action }) => action);
  return [...new Set(reached)].flatMap((action) => [
    ...directionFindings(action),
    ...unflaggedFindings(action, subject),
    ...silentFailureFindings(action, subject),
  ]);
}

function directionFindings(action: FlowAction): readonly Finding[] {
  const directions = streamedDirections(action);
  if (!directions) return [];
  const about = { severity: 'error', action: action.Identifier, rule: 'streams-to-customer' } as const;
  if (!directions.includes('From')) {
    const message =
      'What the caller says is not streamed, so the voicemail would be silent. Stream From the customer.';
    return [{ ...about, message }];
  }
  if (!directions.includes('To')) return [];
  const message =
    'What the caller hears is streamed too: prompts, and an agent who takes the call, get into the stream beside ' +
    'the message. Stream From the customer only.';
  return [{ ...about, message }];
}

function unflaggedFindings(action: FlowAction, { graph, walk }: Subject): readonly Finding[] {
  if (!streamedDirections(action)) return [];
  const isFlagged = walk.moments.some((moment) => moment.action === action && moment.flaggedBy);
  const follows = [...graph.reachableFrom([action])].some((next) => flagChange(next) === 'sets');
  if (isFlagged || follows) return [];
  return [
    {
      severity: 'error',
      action: action.Identifier,
      rule: 'streaming-without-flag',
      message:
        'Streaming starts, and vmx3_flag is not set to 1 afterwards: what the caller says is kept by the stream and ' +
        'delivered to nobody. Set the flag once streaming has started, or do not stream.',
    },
  ];
}

function silentFailureFindings(action: FlowAction, { graph }: Subject): readonly Finding[] {
  if (!startsRecording(action) && flagChange(action) !== 'sets') return [];
  const failed = graph.edgesFrom(action).filter(({ kind }) => kind === 'error');
  const after = graph.reachableFrom(
    failed.map(({ to }) => to),
    isAnswer,
  );
  if (![...after].some(({ Type: type }) => type === 'DisconnectParticipant')) return [];
  const what = streamedDirections(action)
    ? 'streaming cannot start'
    : ivrRecordingChange(action) === 'starts'
      ? 'the recording cannot start'
      : 'the flag cannot be set';
  return [
    {
      severity: 'error',
      action: action.Identifier,
      rule: 'silent-failure',
      message:
        `If ${what}, the call ends without a word, and the caller may think the message was left. Say on the ` +
        'error branch that voicemail is not available, or return to the calling flow.',
    },
  ];
}

/** The caller hears something, the call goes on elsewhere, or it is tried again. */
function isAnswer(action: FlowAction): boolean {
  const leaves = goesElsewhere(action) || action.Type === 'InvokeFlowModule';
  return isHeard(action) || leaves || startsRecording(action);
}
