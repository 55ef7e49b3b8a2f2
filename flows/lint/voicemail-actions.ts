import { z } from 'zod';
import type { FlowAction, FlowDocument } from '../language/document.ts';

/** What actions mean for a voicemail, read from their parameters. */

const Streaming = z.looseObject({
  MediaStreamingState: z.string(),
  Participants: z.array(z.looseObject({ MediaDirections: z.array(z.string()) })).default([]),
});
const IvrBehavior = z.looseObject({ IVRRecordingBehavior: z.string() });
/** Where the two actions that record the automated part of a call say so. */
const IVR_RECORDING = {
  UpdateContactRecordingBehavior: z
    .looseObject({ RecordingBehavior: IvrBehavior })
    .transform(({ RecordingBehavior }) => RecordingBehavior),
  UpdateContactRecordingAndAnalyticsBehavior: z
    .looseObject({ VoiceBehavior: z.looseObject({ VoiceRecordingBehavior: IvrBehavior }) })
    .transform(({ VoiceBehavior }) => VoiceBehavior.VoiceRecordingBehavior),
};
const Attributes = z.looseObject({
  Attributes: z.record(z.string(), z.coerce.string()),
  TargetContact: z.string().default('Current'),
});
const Prompt = z.looseObject({
  SSML: z.string().optional().catch(undefined),
  PromptId: z.unknown().optional(),
  Media: z.unknown().optional(),
});

const TONE = /<say-as[^>]*interpret-as\s*=\s*["']expletive["'][^>]*>/;

/** Takes up sound: a stream of the caller, or a recording of the automated part of the call. */
export function startsRecording(action: FlowAction): boolean {
  return streamingChange(action) === 'starts' || ivrRecordingChange(action) === 'starts';
}

/** Takes up sound, or no longer. */
export function changesRecording(action: FlowAction): boolean {
  return streamingChange(action) !== undefined || ivrRecordingChange(action) !== undefined;
}

export function streamingChange(action: FlowAction): 'starts' | 'stops' | undefined {
  const streaming = streamingOf(action);
  if (!streaming) return undefined;
  return streaming.MediaStreamingState === 'Enabled' ? 'starts' : 'stops';
}

/** Starts or goes on with the recording of the automated part of the call, or pauses it. */
export function ivrRecordingChange(action: FlowAction): 'starts' | 'pauses' | undefined {
  const { IVRRecordingBehavior: recording } = ivrRecordingOf(action) ?? {};
  if (recording === undefined) return undefined;
  return recording === 'Enabled' ? 'starts' : 'pauses';
}

/** Whether a flow takes voicemails, and where their audio goes. */
export function audioIn({ Actions: actions }: FlowDocument) {
  return {
    isFlagging: actions.some((action) => flagChange(action) === 'sets'),
    isStreaming: actions.some((action) => streamedDirections(action) !== undefined),
    isRecordingIvr: actions.some((action) => ivrRecordingChange(action) === 'starts'),
  };
}

function ivrRecordingOf({ Type: type, Parameters: parameters }: FlowAction) {
  if (type !== 'UpdateContactRecordingBehavior' && type !== 'UpdateContactRecordingAndAnalyticsBehavior')
    return undefined;
  return IVR_RECORDING[type].safeParse(parameters).data;
}

/** The directions of an action that starts streaming; undefined for any other. */
export function streamedDirections(action: FlowAction): readonly string[] | undefined {
  const streaming = streamingOf(action);
  if (streaming?.MediaStreamingState !== 'Enabled') return undefined;
  return streaming.Participants.flatMap(({ MediaDirections: directions }) => directions);
}

function streamingOf({ Type: type, Parameters: parameters }: FlowAction) {
  if (type !== 'UpdateContactMediaStreamingBehavior') return undefined;
  return Streaming.safeParse(parameters).data;
}

/** What an action sets on the contact itself; empty for one that sets nothing. */
export function attributesSetBy({
  Type: type,
  Parameters: parameters,
}: FlowAction): Readonly<Record<string, string>> {
  if (type !== 'UpdateContactAttributes') return {};
  const { data } = Attributes.safeParse(parameters);
  return data?.TargetContact === 'Current' ? data.Attributes : {};
}

/** A value that is computed counts as the flag set: it may be. */
export function flagChange(action: FlowAction): 'sets' | 'clears' | undefined {
  const { vmx3_flag: flag } = attributesSetBy(action);
  if (flag === undefined) return undefined;
  return /^(?:1$|\$)/.test(flag) ? 'sets' : 'clears';
}

/** The tone, or a recorded prompt, which may be one. `late`: the caller hears something else first. */
export function toneOf({ Type: type, Parameters: parameters }: FlowAction): 'tone' | 'late' | undefined {
  if (type !== 'MessageParticipant' && type !== 'GetParticipantInput') return undefined;
  const { SSML: ssml, PromptId: prompt, Media: media } = Prompt.parse(parameters);
  if (prompt !== undefined || media !== undefined || ssml?.includes('<audio')) return 'tone';
  const tone = TONE.exec(ssml ?? '');
  if (!ssml || !tone) return undefined;
  const before = ssml.slice(0, tone.index);
  return before.includes('<break') || /\S/.test(before.replaceAll(/<[^>]*>/g, '')) ? 'late' : 'tone';
}

const HEARD = new Set([
  'MessageParticipant',
  'GetParticipantInput',
  'MessageParticipantIteratively',
  'ConnectParticipantWithLexBot',
  'TransferParticipantToThirdParty',
]);
const TAKES_TIME = new Set([...HEARD, 'Wait', 'InvokeLambdaFunction']);

/** The caller hears something, silence aside. */
export function isHeard({ Type: type, Parameters: parameters }: FlowAction): boolean {
  if (!HEARD.has(type) || 'EnableDTMFBuffer' in parameters) return false;
  return !isSilence(Prompt.parse(parameters).SSML);
}

/** The call stays at the action for a while. */
export function takesTime(action: FlowAction): boolean {
  return TAKES_TIME.has(action.Type) && !('EnableDTMFBuffer' in action.Parameters);
}

const LISTENS = new Set(['GetParticipantInput', 'Wait']);

/** The caller has time to speak: it waits for a key, or says nothing for a while. */
export function isTimeToSpeak(action: FlowAction): boolean {
  if (LISTENS.has(action.Type)) return takesTime(action);
  return action.Type === 'MessageParticipant' && isSilence(Prompt.parse(action.Parameters).SSML);
}

function isSilence(ssml: string | undefined): boolean {
  return ssml !== undefined && ssml.includes('<break') && !/\S/.test(ssml.replaceAll(/<[^>]*>/g, ''));
}

const GOES_ELSEWHERE = new Set([
  'DequeueContactAndTransferToQueue',
  'EndFlowExecution',
  'EndFlowModuleExecution',
  'TransferContactToAgent',
  'TransferContactToQueue',
  'TransferToFlow',
]);

/** The call goes on in another flow. */
export function goesElsewhere({ Type: type }: FlowAction): boolean {
  return GOES_ELSEWHERE.has(type);
}
