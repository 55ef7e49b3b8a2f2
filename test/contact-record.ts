/**
 * A contact record as Amazon Connect writes it for a voicemail, for tests.
 * `changes` replace top-level members. Ids and numbers are invented.
 *
 * Source: Amazon Connect administrator guide, "Data model for contact records".
 */
export const INSTANCE_ARN =
  'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa';
export const BILLING_ARN = `${INSTANCE_ARN}/queue/b1b1b1b1-0000-4000-8000-00000000b001`;
export const CONTACT_ID = 'c0ffee00-0000-4000-8000-0000000000c1';
export const STREAM_ARN =
  'arn:aws:kinesisvideo:us-east-1:111122223333:stream/vm-connect-acme-contact-5e5e5e5e-0000-4000-8000-00000000e001/1767225600000';

const KVS_RECORDING = {
  DeletionReason: null,
  FragmentStartNumber: '91343852333181499999999999999900000000000000101',
  FragmentStopNumber: '91343852333181500000000000000100000000000000212',
  Location: STREAM_ARN,
  MediaStreamType: 'VIDEO',
  ParticipantType: 'CUSTOMER',
  StartTimestamp: '2026-03-04T14:00:24Z',
  Status: null,
  StopTimestamp: '2026-03-04T14:01:09Z',
  StorageType: 'KINESIS_VIDEO_STREAM',
};

const CALL_RECORDING = {
  DeletionReason: null,
  FragmentStartNumber: null,
  FragmentStopNumber: null,
  Location: 'acme-connect-recordings/connect/acme/CallRecordings/2026/03/04/c1_20260304T15:06_UTC.wav',
  MediaStreamType: 'AUDIO',
  ParticipantType: null,
  StartTimestamp: null,
  Status: 'AVAILABLE',
  StopTimestamp: null,
  StorageType: 'S3',
};

export function contactRecord(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    AWSAccountId: '111122223333',
    AWSContactTraceRecordFormatVersion: '2017-03-10',
    Agent: null,
    Attributes: {
      vmx3_flag: '1',
      vmx3_from: '+15555550142',
      vmx3_lang: 'en-US',
      vmx3_mode: 'task',
      vmx3_queue_arn: BILLING_ARN,
      customer_tier: 'gold',
    },
    Channel: 'VOICE',
    ContactId: CONTACT_ID,
    CustomerEndpoint: { Address: '+15555550142', Type: 'TELEPHONE_NUMBER' },
    DisconnectTimestamp: '2026-03-04T14:01:09Z',
    InitialContactId: null,
    InitiationTimestamp: '2026-03-04T14:00:02Z',
    InstanceARN: INSTANCE_ARN,
    Queue: null,
    Recordings: [CALL_RECORDING, KVS_RECORDING],
    SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
    ...changes,
  });
}
