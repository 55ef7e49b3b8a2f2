import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Permission } from '../service.ts';
import type { Decision } from '../service.ts';
import { parsePolicyDocument, policyEvaluator, type PolicyStatement } from './policy.ts';
import type { Condition } from './policy-conditions.ts';

const OBJECT = 'arn:aws:s3:::recordings/2026/03/04/c1.wav';
const PUT: Permission = { action: 's3:PutObject', resource: OBJECT };

const allow = (rest: Omit<PolicyStatement, 'Effect'>): PolicyStatement => ({ Effect: 'Allow', ...rest });
const deny = (rest: Omit<PolicyStatement, 'Effect'>): PolicyStatement => ({ Effect: 'Deny', ...rest });

const DECISIONS: readonly [string, readonly PolicyStatement[], Decision][] = [
  ['no statement at all allows nothing', [], 'no-statement-allows'],
  ['the action and the resource in full', [allow({ Action: 's3:PutObject', Resource: OBJECT })], 'allowed'],
  ['the action in other case', [allow({ Action: 'S3:putobject', Resource: '*' })], 'allowed'],
  [
    'the resource in other case is another resource',
    [allow({ Action: '*', Resource: OBJECT.toUpperCase() })],
    'no-statement-allows',
  ],
  ['a wildcard in the action', [allow({ Action: 's3:Put*', Resource: '*' })], 'allowed'],
  ['a question mark stands for one character', [allow({ Action: 's3:PutObjec?', Resource: '*' })], 'allowed'],
  [
    'a question mark is exactly one character',
    [allow({ Action: 's3:PutObject?', Resource: '*' })],
    'no-statement-allows',
  ],
  ['a star also stands for nothing', [allow({ Action: 's3:PutObject*', Resource: '*' })], 'allowed'],
  [
    'a star matches across slashes',
    [allow({ Action: 's3:*', Resource: 'arn:aws:s3:::recordings/*' })],
    'allowed',
  ],
  ['a dot is only a dot', [allow({ Action: 's3.PutObject', Resource: '*' })], 'no-statement-allows'],
  [
    'the bucket is not its objects',
    [allow({ Action: 's3:*', Resource: 'arn:aws:s3:::recordings' })],
    'no-statement-allows',
  ],
  [
    'one of several actions and resources',
    [
      allow({
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: ['arn:aws:s3:::other/*', 'arn:aws:s3:::recordings/*'],
      }),
    ],
    'allowed',
  ],
  [
    'a deny wins, wherever it stands',
    [deny({ Action: 's3:Put*', Resource: '*' }), allow({ Action: '*', Resource: '*' })],
    'explicitly-denied',
  ],
  [
    'a deny of something else does not matter',
    [deny({ Action: 's3:DeleteObject', Resource: '*' }), allow({ Action: '*', Resource: '*' })],
    'allowed',
  ],
  ['NotAction is every other action', [allow({ NotAction: 's3:Get*', Resource: '*' })], 'allowed'],
  [
    'NotAction is not its own',
    [allow({ NotAction: ['s3:Put*', 's3:Get*'], Resource: '*' })],
    'no-statement-allows',
  ],
  [
    'NotResource is every other resource',
    [allow({ Action: '*', NotResource: 'arn:aws:s3:::other/*' })],
    'allowed',
  ],
  [
    'NotResource is not its own',
    [deny({ Action: '*', NotResource: 'arn:aws:s3:::other/*' }), allow({ Action: '*', Resource: '*' })],
    'explicitly-denied',
  ],
];

for (const [name, statements, decision] of DECISIONS) {
  test(`policies: ${name}: ${decision}`, () => {
    assert.equal(policyEvaluator(statements)(PUT), decision);
  });
}

const CONTEXT = {
  's3:prefix': 'recordings/2026',
  'aws:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/sweep',
  'aws:SecureTransport': 'true',
  's3:max-keys': '100',
  'aws:TagKeys': ['team', 'stage'],
  'aws:PrincipalTag/team': 'Acme',
  'aws:CurrentTime': '2026-03-04T05:06:07Z',
  'aws:SourceIp': '203.0.113.7',
  'x:empty': '',
};

const CONDITIONS: readonly [string, Condition, boolean][] = [
  ['StringEquals', { StringEquals: { 's3:prefix': 'recordings/2026' } }, true],
  [
    'StringEquals with one of several values',
    { StringEquals: { 's3:prefix': ['a', 'recordings/2026'] } },
    true,
  ],
  ['StringEquals takes no wildcards', { StringEquals: { 's3:prefix': 'recordings/*' } }, false],
  ['StringEquals of a key that is not there', { StringEquals: { 's3:delimiter': '/' } }, false],
  [
    'StringEqualsIfExists of a key that is not there',
    { StringEqualsIfExists: { 's3:delimiter': '/' } },
    true,
  ],
  ['StringEqualsIfExists of a key that is', { StringEqualsIfExists: { 's3:prefix': 'a' } }, false],
  ['StringNotEquals', { StringNotEquals: { 's3:prefix': ['a', 'b'] } }, true],
  [
    'StringNotEquals of one of its values',
    { StringNotEquals: { 's3:prefix': ['a', 'recordings/2026'] } },
    false,
  ],
  ['StringNotEquals of a key that is not there', { StringNotEquals: { 's3:delimiter': '/' } }, true],
  ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { 's3:prefix': 'RECORDINGS/2026' } }, true],
  ['StringLike', { StringLike: { 's3:prefix': 'recordings/*' } }, true],
  ['StringNotLike', { StringNotLike: { 's3:prefix': 'recordings/*' } }, false],
  ['a condition key in other case', { StringLike: { 'S3:Prefix': 'recordings/*' } }, true],
  ['ArnLike', { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:111122223333:rule/*' } }, true],
  [
    'ArnLike: a star does not match across a colon',
    { ArnLike: { 'aws:SourceArn': 'arn:aws:*:rule/*' } },
    false,
  ],
  ['ArnEquals', { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/sweep' } }, true],
  ['ArnNotLike', { ArnNotLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' } }, true],
  ['Bool', { Bool: { 'aws:SecureTransport': 'false' } }, false],
  ['Null: the key must not be there', { Null: { 's3:delimiter': 'true' } }, true],
  ['Null: the key must be there', { Null: { 's3:delimiter': 'false' } }, false],
  ['NumericLessThanEquals', { NumericLessThanEquals: { 's3:max-keys': '100' } }, true],
  ['NumericGreaterThan', { NumericGreaterThan: { 's3:max-keys': '100' } }, false],
  ['an empty value is no number', { NumericLessThan: { 'x:empty': '1' } }, false],
  ['an empty value is not zero', { NumericEquals: { 'x:empty': '0' } }, false],
  ['an empty value is there', { Null: { 'x:empty': 'false' } }, true],
  ['DateLessThan', { DateLessThan: { 'aws:CurrentTime': '2026-03-05T00:00:00Z' } }, true],
  ['DateGreaterThan', { DateGreaterThan: { 'aws:CurrentTime': '2026-03-05T00:00:00Z' } }, false],
  ['a date in seconds', { DateLessThanEquals: { 'aws:CurrentTime': '1772600767' } }, true],
  ['an empty value is no date', { DateLessThan: { 'x:empty': '2026-03-05T00:00:00Z' } }, false],
  ['IpAddress', { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '203.0.113.0/24'] } }, true],
  ['IpAddress of one', { IpAddress: { 'aws:SourceIp': '203.0.113.8' } }, false],
  ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, true],
  ['a variable', { StringEquals: { 'aws:PrincipalTag/team': '${aws:PrincipalTag/team}' } }, true],
  [
    'a variable in any case',
    { StringEqualsIgnoreCase: { 'aws:PrincipalTag/team': '${aws:principaltag/TEAM}' } },
    true,
  ],
  ['a variable without a value', { StringLike: { 's3:prefix': '${aws:nothing}*' } }, false],
  ['a variable without a value, negated', { StringNotLike: { 's3:prefix': '${aws:nothing}*' } }, true],
  ['ForAllValues', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage', 'cost'] } }, true],
  ['ForAllValues with one too many', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, false],
  ['ForAllValues of nothing', { 'ForAllValues:StringEquals': { 'aws:Nothing': ['team'] } }, true],
  ['ForAnyValue', { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['te*'] } }, true],
  ['ForAnyValue of nothing', { 'ForAnyValue:StringEquals': { 'aws:Nothing': ['team'] } }, false],
  [
    'two operators must both hold',
    { StringLike: { 's3:prefix': '*' }, Bool: { 'aws:SecureTransport': 'false' } },
    false,
  ],
];

for (const [name, condition, holds] of CONDITIONS) {
  test(`conditions: ${name}: ${holds}`, () => {
    const evaluate = policyEvaluator([allow({ Action: '*', Resource: '*', Condition: condition })]);

    assert.equal(evaluate({ ...PUT, context: CONTEXT }) === 'allowed', holds);
  });
}

test('an operator that is not known is named when the policy is read', () => {
  const statement = allow({
    Action: '*',
    Resource: '*',
    Condition: { StringSounds: { 'aws:username': 'ana' } },
  });

  assert.throws(() => policyEvaluator([statement]), /the condition operator StringSounds is not supported/);
});

const RESOURCES: readonly [string, string, boolean][] = [
  ['arn:aws:sqs:*:deliveries', 'arn:aws:sqs:us-east-1:111122223333:deliveries', true],
  ['arn:aws:sqs:*', 'arn:aws:sqs:us-east-1:111122223333:deliveries', true],
  ['arn:aws:sqs:us-*:111122223333:deliveries', 'arn:aws:sqs:us-east-1:111122223333:deliveries', true],
  ['arn:aws:sqs:*-1:111122223333:deliveries', 'arn:aws:sqs:us-east-1:111122223333:deliveries', true],
  ['arn:aws:sqs:u*1:111122223333:deliveries', 'arn:aws:sqs:us-east-2:111122223331:deliveries', false],
  ['arn:aws:sqs:*3:deliveries', 'arn:aws:sqs:us-east-1:111122223333:deliveries', false],
  ['arn:aws:sqs:us-east-1?111122223333:deliveries', 'arn:aws:sqs:us-east-1:111122223333:deliveries', false],
  ['arn:aws:s3:::recordings/*.wav', 'arn:aws:s3:::recordings/10:30.wav', true],
  ['arn:aws:logs:*:*:log-group:/acme/*:*', 'arn:aws:logs:us-east-1:111122223333:log-group:/acme/a:b', true],
  ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/ana/x', true],
  ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/ben/x', false],
  ['arn:aws:s3:::home/${aws:nothing}/*', 'arn:aws:s3:::home/ana/x', false],
  ["arn:aws:s3:::home/${aws:nothing, 'all'}/*", 'arn:aws:s3:::home/all/x', true],
  ['arn:aws:s3:::home/${*}', 'arn:aws:s3:::home/ana', false],
  ['arn:aws:s3:::home/${*}', 'arn:aws:s3:::home/*', true],
];

for (const [pattern, resource, fits] of RESOURCES) {
  test(`resources: ${pattern} ${fits ? 'fits' : 'does not fit'} ${resource}`, () => {
    const evaluate = policyEvaluator([allow({ Action: '*', Resource: pattern })]);

    const decision = evaluate({ action: 'x:Do', resource, context: { 'aws:username': 'ana' } });

    assert.equal(decision === 'allowed', fits);
  });
}

test('nothing in the value of a policy variable is a wildcard', () => {
  const evaluate = policyEvaluator([allow({ Action: '*', Resource: 'arn:aws:s3:::home/${aws:username}' })]);
  const context = { 'aws:username': '*' };

  assert.equal(
    evaluate({ action: 'x:Do', resource: 'arn:aws:s3:::home/ana', context }),
    'no-statement-allows',
  );
});

test('a statement must say what it is about', () => {
  assert.throws(() => policyEvaluator([allow({ Action: '*' })]), /either Resource or NotResource/);
});

test('a document from a template is read, with one statement or many, and booleans as text', () => {
  const document = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': true } },
    },
  };

  assert.deepEqual(parsePolicyDocument(document), [
    {
      Effect: 'Allow',
      Action: ['s3:*'],
      Resource: ['*'],
      Condition: { Bool: { 'aws:SecureTransport': ['true'] } },
    },
  ]);
});

test('an unknown condition operator is an error, whatever its name', () => {
  for (const operator of ['StringSounds', 'constructor']) {
    const Condition = { [operator]: { 'aws:SourceArn': 'x' } };
    assert.throws(
      () => policyEvaluator([allow({ Action: '*', Resource: '*', Condition })]),
      new RegExp(`the condition operator ${operator} is not supported`),
    );
  }
});

test('a reference that nobody resolved is an error', () => {
  const document = {
    Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }],
  };

  assert.throws(() => parsePolicyDocument(document), /every reference resolved/);
});
