import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { writeWav } from '../../audio/write-wav.ts';
import { createClock } from '../../clock.ts';
import { createHappenings, type Happening } from '../../happenings.ts';
import { createStandInRecognizer } from '../../recognizer/stand-in-recognizer.ts';
import { type ApiRequest, AwsError, type Permission } from '../../service.ts';
import type { EventBridgeEvent } from '../eventbridge/event.ts';
import { createTranscribe, type TranscribeOptions } from './transcribe.ts';

/** What StartTranscriptionJob is asked in the unit tests. */
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

type Written = Parameters<TranscribeOptions['s3']['put']>[0];

/** Transcribe over plain lists: a bucket with one recording, one that takes transcripts, and a bus. */
export function start(t: TestContext, given: Given = {}) {
  const { recording = ONE_SECOND, hear = () => 'Call me back.', isAllowed = () => true, delayMs = 0 } = given;
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const happened: Happening[] = [];
  happenings.listen((happening) => happened.push(happening));
  const written: Written[] = [];
  const events: EventBridgeEvent[] = [];
  const { promise: end, resolve: bell } = Promise.withResolvers<void>();

  const { service } = createTranscribe({
    clock,
    happenings,
    recognizer: createStandInRecognizer(hear),
    delayMs,
    s3: bucketsWith(recording, written),
    bus: {
      put(event) {
        events.push(event);
        bell();
      },
    },
  });

  function operation(name: string, input: object) {
    const request: ApiRequest = {
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: { 'x-amz-target': `Transcribe.${name}` },
      body: Buffer.from(JSON.stringify(input)),
      caller: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/test', isAllowed },
      port: 'main',
      requestId: '0',
    };
    const found = service.find(request);
    assert.ok(found);
    return { found, request };
  }

  return {
    clock,
    written,
    events,
    happened,
    /** Until the first job has ended. */
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

function bucketsWith(recording: Uint8Array, written: Written[]): TranscribeOptions['s3'] {
  return {
    async get(bucket, key) {
      if (bucket !== 'recordings' || key !== '1.wav') throw new AwsError('NoSuchKey', 404, 'none');
      const sizeBytes = recording.length;
      return { body: Buffer.from(recording), contentType: 'audio/wav', metadata: {}, sizeBytes };
    },
    async put(object) {
      if (object.bucket !== 'transcripts') throw new AwsError('NoSuchBucket', 404, 'none');
      written.push(object);
      return { etag: '"0"' };
    },
  };
}
