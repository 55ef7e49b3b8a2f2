/** A policy, a request, and whether AWS's documentation says that it is allowed. */
export interface Case {
  readonly about: string;
  readonly statements: readonly Readonly<Record<string, unknown>>[];
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | string[]>>;
  /** Why iam-simulate answers something else. */
  readonly difference?: string;
}

type Statement = Readonly<Record<string, unknown>>;

const OBJECT = 'arn:aws:s3:::recordings/2026/03/04/c1.wav';
const BUCKET = 'arn:aws:s3:::recordings';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:deliveries';
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/ledger';
const ROLE = 'arn:aws:iam::111122223333:role/sweep';

const allow = (rest: Statement): Statement => ({ Effect: 'Allow', Action: '*', Resource: '*', ...rest });
const deny = (rest: Statement): Statement => ({ Effect: 'Deny', Action: '*', Resource: '*', ...rest });
const onlyIf = (Condition: Statement) => [allow({ Condition })];

function on(action: string, resource: string) {
  return (about: string, statements: readonly Statement[], context: Case['context'] = {}): Case => ({
    about,
    statements,
    action,
    resource,
    context,
  });
}

const get = on('s3:GetObject', OBJECT);
const put = on('s3:PutObject', OBJECT);
const list = on('s3:ListBucket', BUCKET);
const send = on('sqs:SendMessage', QUEUE);
const write = on('dynamodb:PutItem', TABLE);

/** Without `NotAction`, `Action` would stand beside it. */
const NO_ACTION = { Action: undefined };
const NO_RESOURCE = { Resource: undefined };

const ELEMENTS: readonly Case[] = [
  get('no statement', []),
  get('action and resource in full', [allow({ Action: 's3:GetObject', Resource: OBJECT })]),
  get('action in other case', [allow({ Action: 'S3:getobject' })]),
  get('resource in other case', [allow({ Resource: OBJECT.toUpperCase() })]),
  get('bucket in other case', [allow({ Resource: 'arn:aws:s3:::Recordings/*' })]),
  get('star in the action', [allow({ Action: 's3:Get*' })]),
  get('question mark in the action', [allow({ Action: 's3:GetObjec?' })]),
  get('question mark too many', [allow({ Action: 's3:GetObject?' })]),
  get('bucket alone', [allow({ Resource: BUCKET })]),
  get('keys of the bucket', [allow({ Resource: `${BUCKET}/*` })]),
  get('keys below another folder', [allow({ Resource: `${BUCKET}/2025/*` })]),
  get('question marks in the key', [allow({ Resource: `${BUCKET}/????/03/04/c?.wav` })]),
  get('one of several', [
    allow({ Action: ['s3:PutObject', 's3:GetObject'], Resource: [BUCKET, `${BUCKET}/*`] }),
  ]),
  get('deny wins', [deny({ Action: 's3:Get*' }), allow({})]),
  get('deny of something else', [deny({ Action: 's3:Put*' }), allow({})]),
  get('NotAction', [allow({ ...NO_ACTION, NotAction: 's3:Put*' })]),
  put('NotAction of its own', [allow({ ...NO_ACTION, NotAction: ['s3:Put*', 's3:Delete*'] })]),
  get('NotResource', [allow({ ...NO_RESOURCE, NotResource: 'arn:aws:s3:::other/*' })]),
  get('NotResource of its own', [allow({ ...NO_RESOURCE, NotResource: `${BUCKET}/*` })]),
  get('deny with NotResource', [deny({ ...NO_RESOURCE, NotResource: `${BUCKET}/*` }), allow({})]),
  get('deny with NotAction', [deny({ ...NO_ACTION, NotAction: 's3:Get*' }), allow({})]),
  put('deny with NotAction of another', [deny({ ...NO_ACTION, NotAction: 's3:Get*' }), allow({})]),
];

const RESOURCES: readonly Case[] = [
  send('star for the Region', [allow({ Resource: 'arn:aws:sqs:*:111122223333:deliveries' })]),
  send('star in the Region', [allow({ Resource: 'arn:aws:sqs:us-*:111122223333:deliveries' })]),
  send('star in the middle of the Region', [allow({ Resource: 'arn:aws:sqs:u*1:111122223333:deliveries' })]),
  send('star before the end of a part', [allow({ Resource: 'arn:aws:sqs:*3:deliveries' })]),
  {
    ...send('star for Region and account', [allow({ Resource: 'arn:aws:sqs:*:deliveries' })]),
    difference: 'a star at the end of a part runs on, says "IAM JSON policy elements: Resource"',
  },
  send('star at the end', [allow({ Resource: 'arn:aws:sqs:*' })]),
  send('star for everything', [allow({ Resource: 'arn:*' })]),
  send('question mark for a colon', [allow({ Resource: 'arn:aws:sqs:us-east-1?111122223333:deliveries' })]),
  on('s3:GetObject', 'arn:aws:s3:::recordings/10:30.wav')('colon in a key', [
    allow({ Resource: `${BUCKET}/*.wav` }),
  ]),
  write('index of the table', [allow({ Resource: `${TABLE}/index/*` })]),
  get('variable', [allow({ Resource: `${BUCKET}/\${aws:PrincipalTag/year}/*` })], {
    'aws:PrincipalTag/year': '2026',
  }),
  get('variable with another value', [allow({ Resource: `${BUCKET}/\${aws:PrincipalTag/year}/*` })], {
    'aws:PrincipalTag/year': '2025',
  }),
  get('variable without a value', [allow({ Resource: `${BUCKET}/\${aws:PrincipalTag/year}/*` })]),
  get('variable with a default', [allow({ Resource: `${BUCKET}/\${aws:PrincipalTag/year, '2026'}/*` })]),
  get('star that is none', [allow({ Resource: `${BUCKET}/\${*}` })]),
];

const TEXTS: readonly Case[] = [
  list('StringEquals', onlyIf({ StringEquals: { 's3:prefix': 'a/' } }), { 's3:prefix': 'a/' }),
  list('StringEquals, one of several', onlyIf({ StringEquals: { 's3:prefix': ['b', 'a/'] } }), {
    's3:prefix': 'a/',
  }),
  list('StringEquals, no wildcard', onlyIf({ StringEquals: { 's3:prefix': 'a*' } }), { 's3:prefix': 'a/' }),
  list('StringEquals, no such key', onlyIf({ StringEquals: { 's3:prefix': 'a/' } })),
  list('StringNotEquals', onlyIf({ StringNotEquals: { 's3:prefix': ['b', 'c'] } }), { 's3:prefix': 'a' }),
  list('StringNotEquals, one fits', onlyIf({ StringNotEquals: { 's3:prefix': ['b', 'a'] } }), {
    's3:prefix': 'a',
  }),
  list('StringNotEquals, no such key', onlyIf({ StringNotEquals: { 's3:prefix': 'a' } })),
  list('StringEqualsIfExists, no such key', onlyIf({ StringEqualsIfExists: { 's3:prefix': 'a' } })),
  list('StringEqualsIfExists', onlyIf({ StringEqualsIfExists: { 's3:prefix': 'a' } }), { 's3:prefix': 'b' }),
  list('StringEqualsIgnoreCase', onlyIf({ StringEqualsIgnoreCase: { 's3:prefix': 'A' } }), {
    's3:prefix': 'a',
  }),
  list('StringNotEqualsIgnoreCase', onlyIf({ StringNotEqualsIgnoreCase: { 's3:prefix': 'A' } }), {
    's3:prefix': 'a',
  }),
  list('StringLike', onlyIf({ StringLike: { 's3:prefix': 'a/*' } }), { 's3:prefix': 'a/b:c' }),
  list('StringLike in other case', onlyIf({ StringLike: { 's3:prefix': 'A/*' } }), { 's3:prefix': 'a/b' }),
  list('StringNotLike', onlyIf({ StringNotLike: { 's3:prefix': 'a/*' } }), { 's3:prefix': 'b' }),
  list('key in other case', onlyIf({ StringLike: { 'S3:PREFIX': 'a/*' } }), { 's3:prefix': 'a/b' }),
  list('variable', onlyIf({ StringLike: { 's3:prefix': '${aws:PrincipalTag/team}/*' } }), {
    's3:prefix': 'acme/1',
    'aws:PrincipalTag/team': 'acme',
  }),
  list('variable without a value', onlyIf({ StringLike: { 's3:prefix': '${aws:PrincipalTag/team}/*' } }), {
    's3:prefix': 'acme/1',
  }),
  list('empty value', onlyIf({ StringEquals: { 's3:prefix': '' } }), { 's3:prefix': '' }),
  list('two keys', onlyIf({ StringEquals: { 's3:prefix': 'a', 's3:delimiter': '/' } }), { 's3:prefix': 'a' }),
  list(
    'two operators',
    onlyIf({ StringLike: { 's3:prefix': '*' }, Bool: { 'aws:SecureTransport': 'true' } }),
    {
      's3:prefix': 'a',
      'aws:SecureTransport': 'false',
    },
  ),
];

const NUMBERS: readonly Case[] = [
  list('NumericLessThanEquals', onlyIf({ NumericLessThanEquals: { 's3:max-keys': '100' } }), {
    's3:max-keys': '100',
  }),
  list('NumericGreaterThan', onlyIf({ NumericGreaterThan: { 's3:max-keys': '99' } }), {
    's3:max-keys': '100',
  }),
  list('NumericLessThan, not by letters', onlyIf({ NumericLessThan: { 's3:max-keys': '20' } }), {
    's3:max-keys': '3',
  }),
  list('NumericEquals, no such key', onlyIf({ NumericEquals: { 's3:max-keys': '0' } })),
  list('NumericLessThan of an empty value', onlyIf({ NumericLessThan: { 's3:max-keys': '10' } }), {
    's3:max-keys': '',
  }),
  list('NumericNotEquals', onlyIf({ NumericNotEquals: { 's3:max-keys': '5' } }), { 's3:max-keys': '6' }),
  list('Null, absent', onlyIf({ Null: { 's3:prefix': 'true' } })),
  list('Null, present', onlyIf({ Null: { 's3:prefix': 'true' } }), { 's3:prefix': 'a' }),
  list('Null false, present', onlyIf({ Null: { 's3:prefix': 'false' } }), { 's3:prefix': 'a' }),
  get('Bool', onlyIf({ Bool: { 'aws:SecureTransport': 'true' } }), { 'aws:SecureTransport': 'true' }),
  get('Bool in other case', onlyIf({ Bool: { 'aws:SecureTransport': 'True' } }), {
    'aws:SecureTransport': 'true',
  }),
  get('deny without TLS', [deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }), allow({})], {
    'aws:SecureTransport': 'false',
  }),
  get('BoolIfExists, absent', onlyIf({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })),
  get('DateLessThan', onlyIf({ DateLessThan: { 'aws:CurrentTime': '2026-03-05T00:00:00Z' } }), {
    'aws:CurrentTime': '2026-03-04T05:06:07Z',
  }),
  get('DateGreaterThan', onlyIf({ DateGreaterThan: { 'aws:CurrentTime': '2026-03-05T00:00:00Z' } }), {
    'aws:CurrentTime': '2026-03-04T05:06:07Z',
  }),
  {
    difference: 'a date may be in seconds, says "Condition operators"; see findings/',
    ...get('date in seconds', onlyIf({ DateLessThan: { 'aws:CurrentTime': '1900000000' } }), {
      'aws:CurrentTime': '2026-03-04T05:06:07Z',
    }),
  },
  get('IpAddress', onlyIf({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), {
    'aws:SourceIp': '203.0.113.7',
  }),
  get('NotIpAddress', onlyIf({ NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } }), {
    'aws:SourceIp': '203.0.113.7',
  }),
];

const SOURCE = { 'aws:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/sweep' };
const SEVERAL = { 'aws:TagKeys': ['team', 'stage'] };
const tag = on('sqs:TagQueue', QUEUE);

const ARNS: readonly Case[] = [
  send('ArnLike', onlyIf({ ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:111122223333:rule/*' } }), SOURCE),
  send('ArnLike, star over colons', onlyIf({ ArnLike: { 'aws:SourceArn': 'arn:aws:*:rule/*' } }), SOURCE),
  send(
    'ArnEquals with a star',
    onlyIf({ ArnEquals: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } }),
    SOURCE,
  ),
  send('ArnNotEquals', onlyIf({ ArnNotEquals: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' } }), SOURCE),
  send('ArnNotLike', onlyIf({ ArnNotLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/sw*' } }), SOURCE),
  send('ArnLike, no such key', onlyIf({ ArnLike: { 'aws:SourceArn': '*' } })),
  send('ArnLike of the role', onlyIf({ ArnLike: { 'aws:PrincipalArn': ROLE } })),
  send('ArnNotLike of roles', onlyIf({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/s*' } })),
  send('ArnLikeIfExists, no such key', onlyIf({ ArnLikeIfExists: { 'aws:SourceArn': QUEUE } })),
  tag(
    'ForAllValues',
    onlyIf({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage', 'x'] } }),
    SEVERAL,
  ),
  tag(
    'ForAllValues, one too many',
    onlyIf({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }),
    SEVERAL,
  ),
  tag('ForAllValues of nothing', onlyIf({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } })),
  tag('ForAnyValue', onlyIf({ 'ForAnyValue:StringLike': { 'aws:TagKeys': ['te*'] } }), SEVERAL),
  tag('ForAnyValue of nothing', onlyIf({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } })),
  tag(
    'ForAllValues, negated',
    onlyIf({ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['team'] } }),
    SEVERAL,
  ),
  tag(
    'ForAnyValue, negated',
    onlyIf({ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['team'] } }),
    SEVERAL,
  ),
];

export const CASES: readonly Case[] = [...ELEMENTS, ...RESOURCES, ...TEXTS, ...NUMBERS, ...ARNS];
export const PRINCIPAL_ARN = ROLE;
