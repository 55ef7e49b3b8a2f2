import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { AwsError } from '../../simulator/service.ts';
import sample from '../../voicemail.config.ts';
import { diagnose } from './diagnose.ts';

const KEY_ARN = 'arn:aws:kms:us-east-1:111122223333:key/c1c1c1c1-0000-4000-8000-00000000c001';

test('an instance that is being made is no instance yet', async (t) => {
  const { findingsOf } = await diagnose(t, { world: { status: 'CREATION_IN_PROGRESS' }, isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('instance-not-usable'), [
    { severity: 'blocker', what: 'The Amazon Connect instance is CREATION_IN_PROGRESS and not ACTIVE.' },
  ]);
});

test('if there is no such instance, no other check repeats that', async (t) => {
  const instanceArn = sample.instanceArn.replace('aaaa', 'bbbb');

  const { found, cannotTell } = await diagnose(t, { config: { instanceArn }, isDeployed: false });

  assert.ok(found.includes('instance-not-usable'));
  for (const id of ['live-media-streaming-off', 'media-prefix-differs', 'contact-records-elsewhere']) {
    assert.ok(!found.includes(id) && cannotTell[id] === undefined, id);
  }
});

test('an alias other than the one in the settings is found before a recording is refused', async (t) => {
  const { findingsOf, exitCode } = await diagnose(t, { world: { alias: 'acme-west' }, isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('alias-differs'), [
    { what: 'instanceAlias is "acme", and the instance is called "acme-west".' },
  ]);
  // Amazon Connect appends the instance's alias to the prefix: that makes no second finding.
  assert.deepEqual(findingsOf('media-prefix-differs'), []);
  assert.equal(exitCode, 1);
});

test('live media streaming that is off is a blocker', async (t) => {
  const { findingsOf } = await diagnose(t, { world: { hasMediaStreaming: false }, isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('live-media-streaming-off'), [
    { severity: 'blocker', what: 'Live media streaming is off: no message can be recorded.' },
  ]);
  assert.deepEqual(findingsOf('media-prefix-differs'), []);
});

test('with IVR recordings, live media streaming that is off is a warning', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: { hasMediaStreaming: false, ivrRecordingsBucket: 'acme-recordings' },
    config: { ivrRecordings: { bucket: 'acme-recordings' } },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('live-media-streaming-off'), [{ severity: 'warning' }]);
  assert.deepEqual(findingsOf('call-recordings-differ'), []);
});

test('messages that are recorded and not streamed need no live media streaming', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: { hasMediaStreaming: false, ivrRecordingsBucket: 'acme-recordings' },
    config: { audioSource: 'ivr', ivrRecordings: { bucket: 'acme-recordings' } },
    isDeployed: false,
  });

  assert.deepEqual(findingsOf('live-media-streaming-off'), []);
});

test('where messages are recorded too, live media streaming that is off leaves one source', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: { hasMediaStreaming: false, ivrRecordingsBucket: 'acme-recordings' },
    config: { audioSource: 'both', ivrRecordings: { bucket: 'acme-recordings' } },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('live-media-streaming-off'), [
    {
      severity: 'warning',
      what: 'Live media streaming is off: messages are in the recordings of automated interactions alone.',
    },
  ]);
});

test('messages that are recorded where the instance keeps no recordings are a blocker', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: { hasMediaStreaming: false },
    config: { audioSource: 'ivr', ivrRecordings: { bucket: 'acme-recordings' } },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('call-recordings-differ'), [{ severity: 'blocker' }]);
});

test('in a Region without live media streaming, IVR recordings must be set', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: {
      instanceArn: there(sample.instanceArn),
      contactRecordStreamArn: there(sample.contactRecordStreamArn),
      hasMediaStreaming: false,
    },
    config: {
      instanceArn: there(sample.instanceArn),
      contactRecordStreamArn: there(sample.contactRecordStreamArn),
    },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('no-live-media-in-region'), [
    {
      certainty: 'likely',
      what: "Amazon Connect has no live media streaming in af-south-1, by its documentation of October 2025, and audioSource is 'stream'.",
    },
  ]);
  assert.deepEqual(findingsOf('live-media-streaming-off'), []);
});

test('another prefix, and streams that keep nothing, are found together', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: { mediaStreamPrefix: 'acme', mediaRetentionHours: 0 },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('media-prefix-differs'), [
    {
      severity: 'blocker',
      what: 'mediaStreams.prefix is "vm", and live media streaming of the instance has the prefix "acme".',
    },
  ]);
  assert.partialDeepStrictEqual(findingsOf('media-retention-short'), [
    {
      severity: 'blocker',
      what: 'Live media streaming keeps audio for five minutes (no data retention); 24 hours are needed.',
    },
  ]);
});

test('an hour of retention is a warning', async (t) => {
  const { findingsOf } = await diagnose(t, { world: { mediaRetentionHours: 1 }, isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('media-retention-short'), [
    { severity: 'warning', what: 'Live media streaming keeps audio for 1 hour; 24 hours are needed.' },
  ]);
});

const FIREHOSE = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/acme-ctr';
const OTHER_STREAM = 'arn:aws:kinesis:us-east-1:111122223333:stream/acme-records';

/** Where contact records go, and the words for it. */
const ELSEWHERE = [
  [
    { contactRecordsElsewhere: 'off' },
    /^The instance sends contact records nowhere, and contactRecordStreamArn is arn:.*acme-ctr\.$/,
  ],
  [
    { contactRecordsElsewhere: { firehoseArn: FIREHOSE } },
    /^The instance sends contact records to Firehose, .*acme-ctr, and contact/,
  ],
  [
    { contactRecordStreamArn: OTHER_STREAM },
    /^The instance sends contact records to .*acme-records, and contactRecordStreamArn is .*acme-ctr\.$/,
  ],
] as const;

for (const [world, words] of ELSEWHERE) {
  test(`contact records that go elsewhere are a blocker: ${JSON.stringify(world)}`, async (t) => {
    const { findingsOf } = await diagnose(t, { world, isDeployed: false });

    const [finding] = findingsOf('contact-records-elsewhere');
    assert.equal(finding?.severity, 'blocker');
    assert.match(finding.what, words);
  });
}

const RECORDINGS = { ivrRecordingsBucket: 'acme-recordings', ivrRecordingsPrefix: 'calls' };

/** What the settings say of recordings in `acme-recordings/calls/`, which have a key of their own, and what is wrong. */
const SETTINGS = [
  [
    { bucket: 'acme-old' },
    'ivrRecordings.bucket is acme-old, and the instance keeps call recordings in acme-recordings.',
  ],
  [
    { bucket: 'acme-recordings', prefix: 'connect/', kmsKeyArn: KEY_ARN },
    'ivrRecordings.prefix is "connect/", and the instance\'s call recordings begin with "calls/".',
  ],
  [
    { bucket: 'acme-recordings', prefix: 'calls/' },
    `ivrRecordings.kmsKeyArn is not set, and call recordings are encrypted with ${KEY_ARN}.`,
  ],
] as const;

for (const [ivrRecordings, what] of SETTINGS) {
  test(`call recordings elsewhere than the settings say: ${JSON.stringify(ivrRecordings)}`, async (t) => {
    const { findingsOf } = await diagnose(t, {
      world: { ...RECORDINGS, ivrRecordingsKeyArn: KEY_ARN },
      state: { keys: [{ arn: KEY_ARN }] },
      config: { ivrRecordings },
      isDeployed: false,
    });

    assert.ok(findingsOf('call-recordings-differ').some((finding) => finding.what === what));
  });
}

test('call recordings that the settings count on and the instance does not keep', async (t) => {
  const { findingsOf } = await diagnose(t, {
    config: { ivrRecordings: { bucket: 'acme-recordings' } },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('call-recordings-differ'), [
    { what: 'ivrRecordings names the bucket acme-recordings, and the instance keeps no call recordings.' },
  ]);
});

function there(arn: string): string {
  return arn.replace('us-east-1', 'af-south-1');
}

test('without permission to read its storage, doctor says that it cannot tell, and looks at the rest', async (t) => {
  const { cannotTell, findingsOf, exitCode } = await diagnose(t, {
    world: { alias: 'acme-west' },
    interfere: refusing('ListInstanceStorageConfigs'),
    isDeployed: false,
  });

  const why = 'connect:ListInstanceStorageConfigs is not allowed';
  assert.equal(cannotTell['live-media-streaming-off'], why);
  assert.equal(cannotTell['contact-records-elsewhere'], why);
  assert.equal(findingsOf('alias-differs').length, 1);
  assert.equal(exitCode, 1);
});

function refusing(refused: string) {
  return ({ operation }: { readonly operation: string }) =>
    operation === refused ? new AwsError('AccessDeniedException', 403, 'not authorized') : undefined;
}

test('attachments that are not enabled are found only if recordings are to be attached', async (t) => {
  const off = await diagnose(t, { config: { attachRecording: true }, isDeployed: false });
  const on = await diagnose(t, {
    config: { attachRecording: true },
    world: { attachmentsBucket: 'acme-files' },
    isDeployed: false,
  });
  const unasked = await diagnose(t, { isDeployed: false });

  assert.partialDeepStrictEqual(off.findingsOf('attachments-off'), [
    {
      severity: 'warning',
      what: 'attachRecording is true, and attachments are not enabled on the instance.',
    },
  ]);
  for (const { findingsOf, cannotTell } of [on, unasked]) {
    assert.deepEqual(findingsOf('attachments-off'), []);
    assert.equal(cannotTell['attachments-off'], undefined);
  }
});

test('a domain of Customer Profiles that is not there, or another instance’s, is found', async (t) => {
  const other = sample.instanceArn.replace('aaaa', 'bbbb');
  const withDomain = (name: string, instanceArns: string[]) =>
    diagnose(t, {
      config: { customerProfiles: { domain: 'acme' } },
      state: { ...SAMPLE_STATE, profileDomains: [{ name, instanceArns }] },
      isDeployed: false,
    });
  const [missing, others, own] = [
    await withDomain('globex', [sample.instanceArn]),
    await withDomain('acme', [other]),
    await withDomain('acme', [other, sample.instanceArn]),
  ];

  assert.partialDeepStrictEqual(missing.findingsOf('customer-profiles-domain'), [
    {
      certainty: 'certain',
      what: 'customerProfiles.domain is "acme", and there is no such domain in us-east-1.',
    },
  ]);
  assert.partialDeepStrictEqual(others.findingsOf('customer-profiles-domain'), [
    { severity: 'warning', certainty: 'likely' },
  ]);
  assert.deepEqual([own.findingsOf('customer-profiles-domain'), own.cannotTell], [[], {}]);
});
