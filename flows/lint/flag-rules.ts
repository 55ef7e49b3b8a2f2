import type { FlowAction } from '../language/document.ts';
import { onePerAction } from './one-per-action.ts';
import type { Finding } from './finding.ts';
import type { Moment } from './recording-walk.ts';
import type { Subject } from './subject.ts';
import {
  attributesSetBy,
  changesRecording,
  flagChange,
  isTimeToSpeak,
  startsRecording,
  takesTime,
  toneOf,
} from './voicemail-actions.ts';

/** When the flag is set: only while sound is taken up, and right before the tone. */
export function flagFindings(subject: Subject): readonly Finding[] {
  return onePerAction([
    ...subject.flow.Actions.flatMap((action) => valueFindings(action)),
    ...subject.walk.moments.flatMap((moment) => [
      ...withoutSoundFindings(moment, subject),
      ...toneFindings(moment, subject),
    ]),
  ]);
}

function valueFindings(action: FlowAction): readonly Finding[] {
  const { vmx3_flag: flag } = attributesSetBy(action);
  if (flag === undefined || flag === '' || /^(?:[01]$|\$)/.test(flag)) return [];
  return [
    {
      severity: 'error',
      action: action.Identifier,
      rule: 'flag-value',
      message: `vmx3_flag is set to "${flag}". Only 1 makes a contact a voicemail: the message would not be delivered. Set it to 1.`,
    },
  ];
}

function withoutSoundFindings(moment: Moment, { flow, graph, type }: Subject): readonly Finding[] {
  const { action, isRecording } = moment;
  if (isRecording || flagChange(action) !== 'sets') return [];
  if ([...graph.reachableFrom([action])].some(startsRecording)) {
    return [
      {
        severity: 'error',
        action: action.Identifier,
        rule: 'flag-before-streaming',
        message:
          'vmx3_flag is set before streaming runs. If the caller hangs up now, or streaming cannot start, the call ' +
          'counts as a voicemail without sound. Start streaming first, and set the flag where it succeeded.',
      },
    ];
  }
  return [
    {
      // The flow that calls a module may have started it.
      severity: type === 'MODULE' && !flow.Actions.some(startsRecording) ? 'warning' : 'error',
      action: action.Identifier,
      rule: 'flag-without-streaming',
      message:
        'vmx3_flag is set on a path on which streaming does not run: the call counts as a voicemail, and there is no ' +
        'sound to deliver. Set the flag only where streaming has started and has not been stopped.',
    },
  ];
}

function toneFindings(moment: Moment, { graph }: Subject): readonly Finding[] {
  const { action, flaggedBy, afterTone, isRecording } = moment;
  const tone = toneOf(action);
  if (!flaggedBy || afterTone || !takesTime(action) || tone === 'tone') return [];
  const next = graph.edgesFrom(action).map(({ to }) => to);
  const isToneAhead = [...graph.reachableFrom(next, startsOver)].some((other) => toneOf(other) !== undefined);
  if (tone === 'late' || isToneAhead) {
    return [
      {
        severity: 'error',
        action: flaggedBy.Identifier,
        rule: 'flag-long-before-tone',
        message:
          `vmx3_flag is set, and then "${action.Identifier}" keeps the caller until the tone. A caller who hangs up there ` +
          'leaves an empty voicemail. Set the flag right before the tone.',
      },
    ];
  }
  if (!isRecording || !isTimeToSpeak(action)) return [];
  return [
    {
      severity: 'warning',
      action: action.Identifier,
      rule: 'no-tone',
      message:
        'The caller is recorded here without having heard a tone, and does not know when to speak: the beginning of ' +
        'the message is missing, or there is none. Play a tone between the flag and this.',
    },
  ];
}

function startsOver(action: FlowAction): boolean {
  return flagChange(action) !== undefined || changesRecording(action);
}
