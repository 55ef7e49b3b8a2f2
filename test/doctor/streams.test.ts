import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyPolicyOf } from '../../infra/key-policy.ts';
import { AwsError } from '../../simulator/service.ts';
import sample from '../../voicemail.config.ts';
import { diagnose } from './diagnose.ts';

const KEYS = 'arn:aws:kms:us-east-1:111122223333:key';
const KEY_ARN = `${KEYS}/c1c1c1c1-0000-4000-8000-00000000c001`;
const OTHER_KEY_ARN = `${KEYS}/c1c1c1c1-0000-4000-8000-00000000c002`;
const STREAM_ARN = sample.contactRecordStreamArn;
const VIDEO = 'vm-connect-acme-contact';

test('video streams that were made before keep what they kept then', async (t) => {
  const { findingsOf } = await diagnose(t, {
    state: {
      videoStreams: [
        { name: `${VIDEO}-1`, retentionHours: 0 },
        { name: `${VIDEO}-2`, retentionHours: 24 },
        { name: `${VIDEO}-3`, retentionHours: 1 },
        { name: 'door-camera', retentionHours: 0 },
      ],
    },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('video-streams-keep-less'), [
    {
      severity: 'blocker',
      what: '2 of 3 video streams of this instance keep audio for less than 24 hours. Amazon Connect uses them again, and a stream keeps what was set when it was made.',
    },
  ]);
});

test('a key of the video streams that the settings do not name is a blocker', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: { mediaKeyArn: KEY_ARN },
    state: { keys: [{ arn: KEY_ARN }] },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('media-key-differs'), [
    {
      severity: 'blocker',
      what: `mediaStreams.kmsKeyArn is not set, and live media streaming encrypts with ${KEY_ARN}.`,
      remedy: `Set mediaStreams.kmsKeyArn: '${KEY_ARN}' in the settings, and deploy.`,
    },
  ]);
  assert.deepEqual(findingsOf('key-policy-refuses'), []);
});

test('a key in the settings that the video streams do not have is a note', async (t) => {
  const { findingsOf } = await diagnose(t, {
    state: { keys: [{ arn: KEY_ARN }] },
    config: { mediaStreams: { prefix: 'vm', kmsKeyArn: KEY_ARN } },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('media-key-differs'), [
    {
      severity: 'note',
      what: `mediaStreams.kmsKeyArn is ${KEY_ARN}, and live media streaming encrypts with a key of AWS.`,
    },
  ]);
});

test('older video streams may have an older key', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: { mediaKeyArn: KEY_ARN },
    state: {
      keys: [{ arn: KEY_ARN }, { arn: OTHER_KEY_ARN }],
      videoStreams: [
        { name: `${VIDEO}-1`, retentionHours: 24, keyArn: OTHER_KEY_ARN },
        { name: `${VIDEO}-2`, retentionHours: 24 },
      ],
    },
    config: { mediaStreams: { prefix: 'vm', kmsKeyArn: KEY_ARN } },
    isDeployed: false,
  });

  const [finding, ...others] = findingsOf('media-key-differs');
  assert.match(finding?.what ?? '', new RegExp(`are encrypted with ${OTHER_KEY_ARN}, and mediaStreams`));
  assert.deepEqual(others, []);
});

test('keys that are disabled, about to be deleted or gone are blockers', async (t) => {
  const gone = `${KEYS}/c1c1c1c1-0000-4000-8000-00000000c003`;
  const { findingsOf } = await diagnose(t, {
    world: { mediaKeyArn: KEY_ARN, ivrRecordingsBucket: 'acme-recordings', ivrRecordingsKeyArn: gone },
    state: {
      keys: [
        { arn: KEY_ARN, state: 'Disabled' },
        { arn: OTHER_KEY_ARN, state: 'PendingDeletion' },
      ],
      dataStreams: [{ arn: STREAM_ARN, keyId: OTHER_KEY_ARN }],
    },
    config: {
      mediaStreams: { prefix: 'vm', kmsKeyArn: KEY_ARN },
      contactRecordStreamKmsKeyArn: OTHER_KEY_ARN,
      ivrRecordings: { bucket: 'acme-recordings', kmsKeyArn: gone },
    },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('key-not-usable'), [
    { what: `The key ${KEY_ARN} (mediaStreams.kmsKeyArn, live media streaming) is disabled.` },
    { what: `The key ${gone} (ivrRecordings.kmsKeyArn, call recordings) is not there.` },
    {
      what: `The key ${OTHER_KEY_ARN} (contactRecordStreamKmsKeyArn, the contact record stream) will be deleted, and cannot be used until then.`,
      remedy: `Keep it: "aws kms cancel-key-deletion --key-id ${OTHER_KEY_ARN} --region us-east-1", and then "aws kms enable-key --key-id ${OTHER_KEY_ARN} --region us-east-1".`,
    },
  ]);
});

test('a key of another Region is found without a call to KMS', async (t) => {
  const elsewhere = KEY_ARN.replace('us-east-1', 'us-west-2');
  const { findingsOf } = await diagnose(t, {
    config: { contactRecordStreamKmsKeyArn: elsewhere },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('key-not-usable'), [
    {
      what: `The key ${elsewhere} (contactRecordStreamKmsKeyArn) is of another Region than the instance, us-east-1.`,
    },
  ]);
});

test('a key policy that admits none of the roles is found, with the statement to add', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: { mediaKeyArn: KEY_ARN },
    state: {
      keys: [
        {
          arn: KEY_ARN,
          policy: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:role/KeyAdministrators' },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        },
      ],
    },
    config: { mediaStreams: { prefix: 'vm', kmsKeyArn: KEY_ARN } },
    isDeployed: false,
  });

  const [finding] = findingsOf('key-policy-refuses');
  assert.equal(finding?.severity, 'blocker');
  assert.match(
    finding.what,
    /neither leaves it to the account's IAM policies who may decrypt, nor names a role of the stack VoicemailExpress\.$/,
  );
  const statement = JSON.parse(/\{.*\}$/.exec(finding.remedy)?.[0] ?? '');
  assert.deepEqual(statement.Condition, {
    ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/VoicemailExpress-*' },
  });
});

/** The key of the contact record stream and that of the settings, and what is said. */
const STREAM_KEYS = [
  [
    KEY_ARN,
    undefined,
    'blocker',
    `The contact record stream is encrypted with ${KEY_ARN}, and contactRecordStreamKmsKeyArn is not set.`,
  ],
  [
    KEY_ARN.slice(KEYS.length + 1),
    OTHER_KEY_ARN,
    'blocker',
    `The contact record stream is encrypted with ${KEY_ARN}, and contactRecordStreamKmsKeyArn is ${OTHER_KEY_ARN}.`,
  ],
  [
    undefined,
    KEY_ARN,
    'note',
    `contactRecordStreamKmsKeyArn is ${KEY_ARN}, and the contact record stream is encrypted with no key.`,
  ],
  [
    'alias/aws/kinesis',
    undefined,
    'warning',
    /^The contact record stream is encrypted with the key of AWS, alias\/aws\/kinesis, and nothing came in/,
  ],
] as const;

for (const [keyId, contactRecordStreamKmsKeyArn, severity, words] of STREAM_KEYS) {
  test(`a contact record stream with ${keyId ?? 'no key'}, and ${contactRecordStreamKmsKeyArn ?? 'none'} in the settings`, async (t) => {
    const { findingsOf } = await diagnose(t, {
      state: {
        keys: [{ arn: KEY_ARN }, { arn: OTHER_KEY_ARN }],
        dataStreams: [{ arn: STREAM_ARN, ...(keyId && { keyId }) }],
      },
      ...(contactRecordStreamKmsKeyArn && { config: { contactRecordStreamKmsKeyArn } }),
      isDeployed: false,
    });

    const [finding, ...others] = findingsOf('record-stream-key-differs');
    assert.equal(finding?.severity, severity);
    if (typeof words === 'string') assert.equal(finding.what, words);
    else assert.match(finding.what, words);
    assert.deepEqual(others, []);
  });
}

test('if records come in, the key of AWS does no harm', async (t) => {
  const { findingsOf, cannotTell } = await diagnose(t, {
    state: { dataStreams: [{ arn: STREAM_ARN, keyId: 'alias/aws/kinesis' }] },
    prepare: ({ kinesis }) => void kinesis.put(STREAM_ARN, '{}', '1'),
    isDeployed: false,
  });

  assert.deepEqual(findingsOf('record-stream-key-differs'), []);
  assert.deepEqual(cannotTell, {});
});

test('a key that stream and settings agree on is right', async (t) => {
  const { findingsOf, cannotTell } = await diagnose(t, {
    state: {
      keys: [{ arn: KEY_ARN, aliases: ['alias/acme'] }],
      dataStreams: [{ arn: STREAM_ARN, keyId: 'alias/acme' }],
    },
    config: { contactRecordStreamKmsKeyArn: KEY_ARN },
    isDeployed: false,
  });

  assert.deepEqual(findingsOf('record-stream-key-differs'), []);
  assert.deepEqual(cannotTell, {});
});

test('a contact record stream that is not there is a blocker', async (t) => {
  const contactRecordStreamArn = `${STREAM_ARN}-2`;
  const { findingsOf } = await diagnose(t, { config: { contactRecordStreamArn }, isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('record-stream-missing'), [
    { severity: 'blocker', what: `There is no data stream ${contactRecordStreamArn}.` },
  ]);
});

test('without permission to read a key policy, doctor says that it cannot tell', async (t) => {
  const { cannotTell, findingsOf } = await diagnose(t, {
    world: { mediaKeyArn: KEY_ARN },
    state: { keys: [{ arn: KEY_ARN }] },
    interfere: ({ operation }) =>
      operation === 'GetKeyPolicy' ? new AwsError('AccessDeniedException', 400, 'not authorized') : undefined,
    isDeployed: false,
  });

  assert.deepEqual(cannotTell, { 'key-policy-refuses': 'kms:GetKeyPolicy is not allowed' });
  assert.equal(findingsOf('media-key-differs').length, 1);
});

test('a key of one’s own whose policy says what the page on keys shows is fine', async (t) => {
  const config = { kmsKeyArn: KEY_ARN };
  const policy = [...keyPolicyOf({ ...sample, ...config })];
  const { findingsOf } = await diagnose(t, {
    state: { keys: [{ arn: KEY_ARN, policy }] },
    config,
    isDeployed: false,
  });

  for (const check of ['own-key-keeps-out', 'key-policy-refuses', 'key-not-usable'])
    assert.deepEqual(findingsOf(check), [], check);
});

test('a key of one’s own that keeps a service out is a blocker, with the statement to add', async (t) => {
  const config = { kmsKeyArn: KEY_ARN };
  const { findingsOf } = await diagnose(t, {
    // What a key has that was made without a policy.
    state: { keys: [{ arn: KEY_ARN }] },
    config,
    isDeployed: false,
  });

  const found = findingsOf('own-key-keeps-out');
  assert.deepEqual(
    found.map(({ what }) => what.replace(`The policy of the key ${KEY_ARN} does not allow `, '')),
    [
      'kms:Decrypt, kms:GenerateDataKey to events.amazonaws.com.',
      'kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey*, kms:ReEncrypt* to logs.us-east-1.amazonaws.com.',
      'kms:Decrypt, kms:GenerateDataKey to cloudwatch.amazonaws.com.',
    ],
  );
  for (const { severity, remedy } of found) {
    assert.equal(severity, 'blocker');
    assert.match(remedy, /"Sid":"VoicemailExpress(Events|Logs|Alarms)"/);
  }
});

test('a key of one’s own that is disabled is a blocker', async (t) => {
  const { findingsOf } = await diagnose(t, {
    state: { keys: [{ arn: KEY_ARN, state: 'Disabled' }] },
    config: { kmsKeyArn: KEY_ARN },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('key-not-usable'), [
    { what: `The key ${KEY_ARN} (kmsKeyArn) is disabled.` },
  ]);
  assert.deepEqual(findingsOf('own-key-keeps-out'), []);
});
