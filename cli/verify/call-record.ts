import type { Voicemail } from '../../src/domain/voicemail.ts';

/** The part of a video stream that a call is on. */
export interface StreamedCall {
  readonly streamArn: string;
  /** In the order of arrival. */
  readonly fragmentNumbers: readonly string[];
  readonly startMs: number;
  readonly stopMs: number;
}

/**
 * The contact record of a call that left a voicemail, as Amazon Connect writes it: times in whole seconds, cut; `null`
 * for what is not there. `vmx3_test` is for other readers of the stream: ours does not go by it.
 *
 * Source: Amazon Connect administrator guide, "Data model for contact records".
 */
export function callRecord(voicemail: Voicemail, { streamArn, ...streamed }: StreamedCall): string {
  const { contactId, instanceArn, calledAtMs, from, queueArn, language, mode } = voicemail;
  const { fragmentNumbers, startMs, stopMs } = streamed;
  return JSON.stringify({
    AWSAccountId: instanceArn.split(':')[4],
    AWSContactTraceRecordFormatVersion: '2017-03-10',
    Agent: null,
    AgentConnectionAttempts: 0,
    Attributes: {
      vmx3_flag: '1',
      ...(from !== undefined && { vmx3_from: from }),
      ...(queueArn !== undefined && { vmx3_queue_arn: queueArn }),
      vmx3_lang: language,
      ...(mode !== undefined && { vmx3_mode: mode }),
      vmx3_test: '1',
    },
    Channel: 'VOICE',
    ConnectedToSystemTimestamp: seconds(calledAtMs),
    ContactId: contactId,
    CustomerEndpoint: null,
    DisconnectReason: 'CUSTOMER_DISCONNECT',
    DisconnectTimestamp: seconds(stopMs),
    InitialContactId: null,
    InitiationMethod: 'INBOUND',
    InitiationTimestamp: seconds(calledAtMs),
    InstanceARN: instanceArn,
    LastUpdateTimestamp: seconds(stopMs),
    MediaStreams: [{ Type: 'AUDIO' }],
    NextContactId: null,
    PreviousContactId: null,
    Queue: null,
    Recordings: [
      {
        DeletionReason: null,
        FragmentStartNumber: fragmentNumbers.at(0),
        FragmentStopNumber: fragmentNumbers.at(-1),
        Location: streamArn,
        MediaStreamType: 'VIDEO',
        ParticipantType: 'CUSTOMER',
        StartTimestamp: seconds(startMs),
        Status: null,
        StopTimestamp: seconds(stopMs),
        StorageType: 'KINESIS_VIDEO_STREAM',
      },
    ],
    RelatedContactId: null,
    SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
    SystemEndpoint: null,
    Tags: {},
  });
}

/** `2026-03-04T14:00:24Z` */
function seconds(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
