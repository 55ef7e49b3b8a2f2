import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRecordings, type RecordingElement } from './recordings.ts';

const findRecording = (elements: readonly RecordingElement[]) => findRecordings(elements).recording;

const STREAM = 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/acme/1767225600000';
const VOICEMAIL: RecordingElement = {
  storageType: 'KINESIS_VIDEO_STREAM',
  location: STREAM,
  participantType: 'CUSTOMER',
  fragmentStartNumber: '91343852333181499999999999999900000000000000101',
  fragmentStopNumber: '91343852333181500000000000000100000000000000212',
  startMs: 1_772_632_824_000,
  stopMs: 1_772_632_869_000,
};
const CALL_RECORDING: RecordingElement = { storageType: 'S3', location: 'acme/call.wav' };
const startingAt = (startMs: number, start = '100') => ({
  ...VOICEMAIL,
  startMs,
  fragmentStartNumber: start,
});

test('the voicemail is found after a call recording that comes first', () => {
  assert.deepEqual(findRecording([CALL_RECORDING, VOICEMAIL]), {
    kind: 'kvs',
    streamArn: STREAM,
    fragmentStartNumber: '91343852333181499999999999999900000000000000101',
    fragmentStopNumber: '91343852333181500000000000000100000000000000212',
    startMs: 1_772_632_824_000,
    stopMs: 1_772_632_869_000,
  });
});

test('of several streams it is the one that started last, wherever it stands', () => {
  const found = findRecording([startingAt(2000), startingAt(3000), startingAt(1000)]);

  assert.equal(found?.startMs, 3000);
});

test('of streams that started in the same second, the one with the later first fragment is taken', () => {
  const earlier = startingAt(1000, '99999999999999999999');
  const later = startingAt(1000, '100000000000000000000');

  for (const elements of [
    [later, earlier],
    [earlier, later],
  ]) {
    const { fragmentStartNumber } = later;
    assert.partialDeepStrictEqual(findRecording(elements), { kind: 'kvs', fragmentStartNumber });
  }
});

test('a stream without a participant is taken, one of an agent is not', () => {
  const { participantType: _, ...unknown } = VOICEMAIL;

  assert.ok(findRecording([unknown]));
  assert.equal(findRecording([{ ...VOICEMAIL, participantType: 'AGENT' }]), undefined);
});

const IVR_RECORDING: RecordingElement = {
  storageType: 'S3',
  participantType: 'IVR',
  location: 'acme-connect-recordings/connect/acme/CallRecordings/ivr/c1 20260304T14:00_UTC.wav',
  startMs: 1_772_632_802_000,
  stopMs: 1_772_632_869_000,
};

test('if nothing was streamed it is the IVR recording, in the bucket before the first slash', () => {
  assert.deepEqual(findRecording([CALL_RECORDING, IVR_RECORDING]), {
    kind: 's3',
    bucket: 'acme-connect-recordings',
    key: 'connect/acme/CallRecordings/ivr/c1 20260304T14:00_UTC.wav',
    startMs: 1_772_632_802_000,
    stopMs: 1_772_632_869_000,
  });
});

const named = (name: string, startMs: number, status?: string) => ({
  ...IVR_RECORDING,
  location: `acme/${name}.wav`,
  startMs,
  status,
});

test('of several IVR recordings it is the last that is not deleted, and a deleted one if there is no other', () => {
  const first = named('first', 1000, 'AVAILABLE');
  const second = named('second', 2000);
  const gone = named('gone', 3000, 'DELETED');

  assert.partialDeepStrictEqual(findRecording([second, gone, first]), { key: 'second.wav' });
  assert.partialDeepStrictEqual(findRecording([gone]), { key: 'gone.wav', isDeleted: true });
});

test('a file of the automated interaction without a participant is one, and a talk with an agent is none', () => {
  const { participantType: _, ...unknown } = IVR_RECORDING;

  assert.ok(findRecording([{ ...unknown, mediaStreamType: 'AUTOMATED_INTERACTION' }]));
  assert.equal(findRecording([{ ...unknown, mediaStreamType: 'AUDIO' }]), undefined);
  assert.equal(
    findRecording([{ ...IVR_RECORDING, participantType: 'AGENT', mediaStreamType: 'AUTOMATED_INTERACTION' }]),
    undefined,
  );
});

test('the file is second to the stream', () => {
  const { recording, secondRecording } = findRecordings([IVR_RECORDING, VOICEMAIL]);

  assert.equal(recording?.kind, 'kvs');
  assert.partialDeepStrictEqual(secondRecording, { kind: 's3', bucket: 'acme-connect-recordings' });
  assert.equal(findRecordings([IVR_RECORDING]).secondRecording, undefined);
});

test('if there are both, it is the stream', () => {
  assert.equal(findRecording([VOICEMAIL, IVR_RECORDING])?.kind, 'kvs');
  assert.equal(findRecording([IVR_RECORDING, VOICEMAIL])?.kind, 'kvs');
});

const UNUSABLE: readonly (readonly [string, readonly RecordingElement[]])[] = [
  ['nothing was recorded', []],
  ['only the call was recorded', [CALL_RECORDING]],
  ['the IVR recording names a bucket and no key', [{ ...IVR_RECORDING, location: 'acme/' }]],
  ['the IVR recording names a key and no bucket', [{ ...IVR_RECORDING, location: '/call.wav' }]],
  ['the IVR recording names neither', [{ ...IVR_RECORDING, location: 'call.wav' }]],
  ['the stream has no ARN', [{ ...VOICEMAIL, location: '' }]],
  ['the first fragment is missing', [{ ...VOICEMAIL, fragmentStartNumber: undefined }]],
  ['the last fragment is not a number', [{ ...VOICEMAIL, fragmentStopNumber: '0x1f' }]],
  ['the start is missing', [{ ...VOICEMAIL, startMs: undefined }]],
  ['the stop is not a time', [{ ...VOICEMAIL, stopMs: Number.NaN }]],
];

for (const [what, elements] of UNUSABLE) {
  test(`there is no voicemail if ${what}`, () => {
    assert.equal(findRecording(elements), undefined);
  });
}
