import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { compareVersions } from '../../cli/doctor/lanes/stack/version-differs.ts';
import { STACK_DESCRIPTION, VERSION } from '../../infra/version.ts';
import type { ForeignStack } from '../../simulator/world/account-state.ts';
import sample from '../../voicemail.config.ts';
import { diagnose, type Illness } from './diagnose.ts';

const OTHER_INSTANCE = 'arn:aws:connect:us-east-1:111122223333:instance/e2e2e2e2-0000-4000-8000-00000000eeee';

/** A stack of ours that somebody deployed, over what it is when nothing is wrong. */
function withStack(changes: Partial<ForeignStack>, more: Illness['state'] = {}): Illness {
  const stack: ForeignStack = {
    name: 'VoicemailExpress',
    description: STACK_DESCRIPTION,
    outputs: { Version: VERSION, InstanceArn: sample.instanceArn, LedgerTable: 'ledger' },
    ...changes,
  };
  return { state: { stacks: [stack], ...more }, isDeployed: false };
}

test('that there is no stack yet is a note, with how one is deployed', async (t) => {
  const { findingsOf, exitCode } = await diagnose(t, { isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('no-stack'), [
    {
      severity: 'note',
      what: 'No stack VoicemailExpress is deployed in us-east-1 yet. What depends on one was not looked at.',
      remedy: 'Deploy it: npx vmx deploy --deployment NAME.',
    },
  ]);
  assert.equal(exitCode, 0);
});

test('a stack that serves another instance is found, by its output or by its flows', async (t) => {
  const newer = await diagnose(
    t,
    withStack({ outputs: { LedgerTable: 'ledger', InstanceArn: OTHER_INSTANCE } }),
  );
  const older = await diagnose(
    t,
    withStack({ outputs: { LedgerTable: 'ledger', TestFlow: `${OTHER_INSTANCE}/contact-flow/f1` } }),
  );

  for (const { findingsOf } of [newer, older]) {
    assert.partialDeepStrictEqual(findingsOf('stack-of-another-instance'), [
      {
        severity: 'blocker',
        what: 'The stack VoicemailExpress serves the instance e2e2e2e2-0000-4000-8000-00000000eeee, and the settings name a1b2c3d4-0000-4000-8000-00000000aaaa. A deployment would take voicemail away from the first.',
      },
    ]);
  }
});

test('a stack of that name that is none of ours is not to be overwritten', async (t) => {
  const { findingsOf, found } = await diagnose(t, withStack({ description: 'Payroll', outputs: {} }));

  assert.partialDeepStrictEqual(findingsOf('stack-of-another-instance'), [
    {
      what: 'The stack VoicemailExpress is not one of Voicemail Express. A deployment would replace all that is in it.',
    },
  ]);
  assert.equal(found.includes('version-differs'), false);
});

test('a stack of somebody else is not said to be stuck, as nobody should deploy over it', async (t) => {
  const { found } = await diagnose(
    t,
    withStack({ description: 'a web shop', outputs: {}, status: 'ROLLBACK_COMPLETE' }),
  );

  assert.ok(found.includes('stack-of-another-instance'));
  assert.equal(found.includes('stack-stuck'), false);
});

test('every status in which a stack is stuck has its remedy', async (t) => {
  const remedies: Record<string, RegExp> = {
    REVIEW_IN_PROGRESS:
      /^note .*aws cloudformation delete-stack --stack-name VoicemailExpress --region us-east-1\./,
    CREATE_FAILED: /^blocker .*aws cloudformation delete-stack/,
    ROLLBACK_COMPLETE: /^blocker .*CDK deletes the failed stack first/,
    ROLLBACK_FAILED: /^blocker .*CDK deletes the failed stack first/,
    UPDATE_ROLLBACK_COMPLETE: /^warning .*and deploy again/,
    UPDATE_ROLLBACK_FAILED:
      /^blocker .*aws cloudformation continue-update-rollback --stack-name VoicemailExpress/,
    UPDATE_FAILED: /^blocker .*aws cloudformation rollback-stack/,
    IMPORT_ROLLBACK_FAILED: /^blocker .*mend what it names/,
    DELETE_FAILED: /^blocker .*FORCE_DELETE_STACK/,
    UPDATE_IN_PROGRESS: /^note .*Wait until it is done/,
  };

  for (const [status, remedy] of Object.entries(remedies)) {
    const { findingsOf, found } = await diagnose(
      t,
      withStack({ status, statusReason: 'a role is in the way' }),
    );

    const [finding] = findingsOf('stack-stuck');
    assert.match(`${finding?.severity} ${finding?.remedy}`, remedy, status);
    assert.equal(finding?.evidence[0]?.saw, `StackStatus: ${status}, a role is in the way`);
    assert.equal(found.includes('no-stack'), false);
  }
});

test('a stack of another version is found, and a newer one is worse than an older one', async (t) => {
  const of = (Version: string) =>
    diagnose(t, withStack({ outputs: { Version, InstanceArn: sample.instanceArn, LedgerTable: 'ledger' } }));
  const older = await of('0.0.9');
  const newer = await of('9.0.0');

  assert.partialDeepStrictEqual(older.findingsOf('version-differs'), [
    {
      severity: 'note',
      what: `The stack was deployed by version 0.0.9 of Voicemail Express, and this folder has ${VERSION}.`,
    },
  ]);
  assert.partialDeepStrictEqual(newer.findingsOf('version-differs'), [{ severity: 'warning' }]);
});

test('versions are compared as numbers', () => {
  assert.ok(compareVersions('0.10.0', '0.9.1') > 0);
  assert.ok(compareVersions('0.2.0', '0.2.1') < 0);
});

test('functions on an old runtime, and those that were deleted by hand, are found', async (t) => {
  const resources = ['sweep', 'contact-records'].map((physicalId, index) => ({
    logicalId: `Function${index}`,
    type: 'AWS::Lambda::Function',
    physicalId,
  }));
  const { findingsOf } = await diagnose(
    t,
    withStack({ resources }, { functions: [{ name: 'sweep', runtime: 'nodejs18.x' }] }),
  );

  assert.partialDeepStrictEqual(findingsOf('function-runtime-differs'), [
    { severity: 'warning', evidence: [{ api: 'lambda:GetFunction', saw: 'sweep: nodejs18.x' }] },
  ]);
  assert.partialDeepStrictEqual(findingsOf('function-cannot-run'), [
    { severity: 'blocker', what: 'The function contact-records of the stack was deleted by hand.' },
  ]);
});

test('what somebody changed in a deployed stack is found', async (t) => {
  let name = '';
  const { findingsOf, text, exitCode } = await diagnose(t, {
    state: {
      drifts: [
        {
          stackName: 'VoicemailExpress',
          hoursAgo: 50,
          resources: [
            {
              logicalId: 'sweepFunction2A2788F2',
              status: 'MODIFIED',
              differences: [{ path: '/Timeout', expected: '50', actual: '900', kind: 'NOT_EQUAL' }],
            },
            { logicalId: 'linksecret38C6ED18', status: 'DELETED' },
          ],
        },
      ],
    },
    async prepare({ endpoint, credentials, lambda }) {
      name = lambda.nameOf('sweepFunction2A2788F2');
      const client = new LambdaClient({ endpoint, credentials, region: 'us-east-1' });
      await client.send(
        new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 0 }),
      );
    },
  });

  assert.partialDeepStrictEqual(findingsOf('function-cannot-run'), [
    {
      severity: 'blocker',
      what: `The function ${name} is switched off: its reserved concurrency is 0.`,
      remedy: `Switch it on again: aws lambda delete-function-concurrency --function-name ${name} --region us-east-1.`,
    },
  ]);
  assert.partialDeepStrictEqual(findingsOf('stack-drifted'), [
    {
      severity: 'warning',
      what: '2 resources of the stack are not as deployed. That was found 2 days ago.',
      evidence: [
        { saw: 'linksecret38C6ED18 (AWS::SecretsManager::Secret): DELETED' },
        { saw: 'sweepFunction2A2788F2 (AWS::Lambda::Function): MODIFIED at /Timeout' },
      ],
    },
  ]);
  assert.match(text, /detect-stack-drift --stack-name VoicemailExpress/);
  assert.equal(exitCode, 1);
});

test('a look at drift that found nothing counts for a month', async (t) => {
  const after = (hoursAgo: number) =>
    diagnose(t, withStack({}, { drifts: [{ stackName: 'VoicemailExpress', hoursAgo }] }));
  const fresh = await after(3);
  const old = await after(24 * 40);

  assert.deepEqual(fresh.findingsOf('stack-drifted'), []);
  assert.partialDeepStrictEqual(old.findingsOf('stack-drifted'), [
    { severity: 'note', what: 'That no resource of the stack was changed by hand was found 40 days ago.' },
  ]);
});

test('what deleted stacks left is distinguished from what a stack still has', async (t) => {
  const { findingsOf } = await diagnose(t, {
    state: {
      buckets: [
        { name: 'voicemailexpress-recordingsbucket304ae6cd-0a1b2c3d4e5f' },
        { name: 'old-one-transcriptsbucket51e622e2-q1w2e3r4t5y6' },
        { name: 'acme-recordings' },
      ],
      stacks: [{ name: 'old-one', description: STACK_DESCRIPTION, status: 'DELETE_FAILED' }],
    },
    async prepare({ endpoint, credentials }) {
      const client = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
      await client.send(
        new CreateTableCommand({
          TableName: 'VoicemailExpress-ledger28D1CA40-1A2B3C4D5E6F',
          AttributeDefinitions: [{ AttributeName: 'contactId', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'contactId', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
    },
  });

  const [kept, failed] = findingsOf('left-over-resources');
  assert.partialDeepStrictEqual(kept, { severity: 'note', certainty: 'likely' });
  assert.deepEqual(
    kept?.evidence.map(({ saw }) => saw),
    [
      'bucket old-one-transcriptsbucket51e622e2-q1w2e3r4t5y6',
      'bucket voicemailexpress-recordingsbucket304ae6cd-0a1b2c3d4e5f',
      'table VoicemailExpress-ledger28D1CA40-1A2B3C4D5E6F',
    ],
  );
  assert.equal(failed?.what, 'The stack old-one was to be deleted, and some of it could not be.');
});

test('what a failed first deployment kept is left over, and its functions are gone', async (t) => {
  const bucket = 'voicemailexpress-failuresbucket29f6ab01-0a1b2c3d4e5f';
  const resources = [
    {
      logicalId: 'failuresBucket29F6AB01',
      type: 'AWS::S3::Bucket',
      physicalId: bucket,
      status: 'DELETE_SKIPPED',
    },
    { logicalId: 'Function', type: 'AWS::Lambda::Function', physicalId: 'sweep', status: 'DELETE_COMPLETE' },
  ];
  const { findingsOf, found, cannotTell } = await diagnose(
    t,
    withStack({ status: 'ROLLBACK_COMPLETE', resources }, { buckets: [{ name: bucket }] }),
  );

  assert.ok(found.includes('stack-stuck'));
  assert.deepEqual(findingsOf('function-cannot-run'), []);
  assert.equal(findingsOf('left-over-resources')[0]?.evidence[0]?.saw, `bucket ${bucket}`);
  assert.equal(cannotTell['function-cannot-run'], undefined);
});

test('nothing is guessed of a stack that may not be described', async (t) => {
  const { cannotTell } = await diagnose(t, {
    state: {
      administrator: {
        arn: 'arn:aws:iam::111122223333:user/ana',
        statements: [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: ['cloudformation:DescribeStacks', 's3:ListAllMyBuckets'], Resource: '*' },
        ],
      },
    },
    isDeployed: false,
  });

  assert.equal(cannotTell['stack-stuck'], 'cloudformation:DescribeStacks is not allowed');
  assert.equal(cannotTell['left-over-resources'], 's3:ListAllMyBuckets is not allowed');
});

const Template = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.looseObject({}) })),
});

/** The template with one more rule in the life cycle of the recordings. */
function withRule(rule: Record<string, unknown>): NonNullable<Illness['templatePatch']> {
  return (template) => {
    const { Resources, ...rest } = Template.parse(template);
    for (const [id, { Properties }] of Object.entries(Resources)) {
      if (!id.startsWith('recordingsBucket') || !('LifecycleConfiguration' in Properties)) continue;
      const { Rules } = z.object({ Rules: z.array(z.unknown()) }).parse(Properties['LifecycleConfiguration']);
      Properties['LifecycleConfiguration'] = { Rules: [...Rules, { Status: 'Enabled', ...rule }] };
    }
    return { ...rest, Resources };
  };
}

test('a rule that somebody added to a bucket is found, and that it takes what is held', async (t) => {
  const { findingsOf } = await diagnose(t, { templatePatch: withRule({ Id: 'tidy', ExpirationInDays: 5 }) });

  const [held, differs, ...others] = findingsOf('retention-differs');
  assert.match(held?.what ?? '', /^The rule "tidy" of the bucket \S+ deletes after 5 days what is held\.$/);
  assert.match(differs?.what ?? '', /does not keep recordings as the settings say: deleted after 30 days\.$/);
  assert.match(String(differs?.evidence[0]?.saw), /deleted after 5 days/);
  assert.deepEqual(others, []);
});

test('settings that say another retention than is deployed are found', async (t) => {
  const recordings = { archiveAfterDays: 60, archiveTo: 'deep', deleteAfterDays: 'never' } as const;
  const { findingsOf } = await diagnose(t, { config: { retention: { recordings } } });

  const [differs, ...others] = findingsOf('retention-differs');
  assert.match(differs?.what ?? '', /DEEP_ARCHIVE after 60 days, never deleted\.$/);
  assert.deepEqual(others, []);
});
