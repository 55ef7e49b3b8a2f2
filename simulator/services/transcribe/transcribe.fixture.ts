import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { writeWav } from '../../audio/write-wav.ts';
import { createClock } from '../../clock.ts';
import { createHappenings, type Happening } from '../../happenings.ts';
import { createStandInRecognizer } from '../../recognizer/stand-in-recognizer.ts';
import { type ApiRequest, AwsError, type Permission } from '../../service.ts';
import type { EventBridgeEvent } from '../eventbridge/event.ts';
import { createTranscribe, type TranscribeOptions } from './transcribe.ts';

/** The input of StartTranscriptionJob in the unit tests. */
export const REQUEST = {
  TranscriptionJobName: 'vm_1',
  Media: { MediaFileUri: 's3://recordings/1.wav' },
  LanguageCode: 'en-US',
  OutputBucketName: 'transcripts',
  OutputKey: 'raw/',
};

const ONE_SECOND = writeWav(new Int16Array(8000));

export interface Given {
  readonly recording?: Uint8Array;
  readonly hear?: () => string;
  readonly isAllowed?: (permission: Permission) => boolean;
  readonly delayMs?: number;
}

/** Transcribe over plain lists: a bucket with one recording, a bucket that takes transcripts, and a bus. */
export function start(t: TestContext, given: Given = {}) {
  const { recording = ONE_SECOND, hear = () => 'Call me back.', isAllowed = () => true, delayMs = 0 } = given;
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const happened: Happening[] = [];
  happenings.listen((happening) => happened.push(happening));
  const written: WrittenObject[] = [];
  const events: EventBridgeEvent[] = [];
  const { promise: end, resolve: bell } = Promise.withResolvers<void>();

  const { service } = createTranscribe({
    clock,
    happenings,
    recognizer: createStandInRecognizer(hear),
    delayMs,
    s3: fakeS3(recording, written),
    bus: {
      put(event) {
        events.push(event);
        bell();
      },
    },
  });

  function operation(name: string, input: object) {
    const request = requestOf(name, input, isAllowed);
    const found = service.find(request);
    assert.ok(found);
    return { found, request };
  }

  return {
    clock,
    written,
    events,
    happened,
    /** Resolves when the first job has ended. */
    ended: () => end,
    needs: (name: string, input: object) => {
      const { found, request } = operation(name, input);
      return found.needs(request);
    },
    call: async (name: string, input: object) => {
      const { found, request } = operation(name, input);
      const { body } = await found.answer(request);
      assert.ok(typeof body === 'string');
      return JSON.parse(body === '' ? '{}' : body);
    },
  };
}

type WrittenObject = Parameters<TranscribeOptions['s3']['put']>[0];

function fakeS3(recording: Uint8Array, written: WrittenObject[]): TranscribeOptions['s3'] {
  return {
    async get(bucket, key) {
      if (bucket !== 'recordings' || key !== '1.wav') throw new AwsError('NoSuchKey', 404, 'none');
      return {
        body: Buffer.from(recording),
        contentType: 'audio/wav',
        metadata: {},
        sizeBytes: recording.length,
      };
    },
    async put(object) {
      if (object.bucket !== 'transcripts') throw new AwsError('NoSuchBucket', 404, 'none');
      written.push(object);
      return { etag: '"0"' };
    },
  };
}

function requestOf(
  operation: string,
  input: object,
  isAllowed: (permission: Permission) => boolean,
): ApiRequest {
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'x-amz-target': `Transcribe.${operation}` },
    body: Buffer.from(JSON.stringify(input)),
    caller: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/test', isAllowed },
    port: 'main',
    requestId: '0',
  };
}
