import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolve } from './resolve.ts';
import { stackScope } from './stack-scope.ts';
import { parseTemplate } from './template.ts';
import { TemplateError } from './template-error.ts';

const TEMPLATE = parseTemplate({
  Parameters: {
    Stage: { Type: 'String', Default: 'test' },
    Count: { Type: 'Number', Default: 3 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a,b' },
    Needed: { Type: 'String' },
    BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/version' },
  },
  Mappings: { Sizes: { 'us-east-1': { small: 128 } } },
  Conditions: {
    IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
    IsLive: { 'Fn::Not': [{ Condition: 'IsTest' }] },
    Both: { 'Fn::And': [{ Condition: 'IsTest' }, { Condition: 'IsLive' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsTest' }, { Condition: 'IsLive' }] },
    Odd: { 'Fn::Contains': [['a'], 'a'] },
  },
  Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
});

const scope = stackScope({
  stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Acme/1',
  template: TEMPLATE,
  stackName: 'Acme',
  account: { id: '111122223333', region: 'us-east-1', partition: 'aws' },
  parameters: {},
  identityOf: (logicalId) =>
    logicalId === 'Queue' ? { ref: 'http://queue', attributes: { Arn: 'arn:of:queue' } } : undefined,
})('AWS::Test::Thing Thing');

const WORKED_OUT: readonly (readonly [what: string, value: unknown, expected: unknown])[] = [
  ['a plain value stays', { a: [1, 'two', null, true] }, { a: [1, 'two', null, true] }],
  ['Ref of a resource', { Ref: 'Queue' }, 'http://queue'],
  ['Ref of a parameter', { Ref: 'Stage' }, 'test'],
  ['Ref of a number', { Ref: 'Count' }, '3'],
  ['Ref of a list', { Ref: 'Zones' }, ['a', 'b']],
  ['the account', { Ref: 'AWS::AccountId' }, '111122223333'],
  ['the Region', { Ref: 'AWS::Region' }, 'us-east-1'],
  ['the partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['the stack', { Ref: 'AWS::StackName' }, 'Acme'],
  ['the URL suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ['no value in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  ['no value in a list', [1, { Ref: 'AWS::NoValue' }], [1]],
  ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:of:queue'],
  ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:of:queue'],
  ['Fn::Sub', { 'Fn::Sub': '${Stage}/${Queue.Arn}/${AWS::Region}' }, 'test/arn:of:queue/us-east-1'],
  ['Fn::Sub with variables', { 'Fn::Sub': ['${x}-${Stage}', { x: { Ref: 'Count' } }] }, '3-test'],
  ['Fn::Sub that keeps ${Stage}', { 'Fn::Sub': '${!Stage}' }, '${Stage}'],
  ['Fn::Join', { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 's3']] }, 'arn:aws:s3'],
  ['Fn::Split', { 'Fn::Split': ['|', 'a|b'] }, ['a', 'b']],
  ['Fn::Join of a Fn::Split', { 'Fn::Join': ['-', { 'Fn::Split': ['|', 'a|b'] }] }, 'a-b'],
  ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] }, 'of'],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, 128],
  ['Fn::If that holds', { 'Fn::If': ['IsTest', 1, 2] }, 1],
  ['Fn::If that does not', { 'Fn::If': ['IsLive', 1, 2] }, 2],
  ['Fn::If with Fn::And', { 'Fn::If': ['Both', 1, 2] }, 2],
  ['Fn::If with Fn::Or', { 'Fn::If': ['Either', 1, { Ref: 'Nobody' }] }, 1],
  [
    'an IAM statement, whose Condition is not a function',
    { Condition: { StringEquals: { 'aws:SourceArn': { Ref: 'Stage' } } } },
    { Condition: { StringEquals: { 'aws:SourceArn': 'test' } } },
  ],
];

for (const [what, value, expected] of WORKED_OUT) {
  test(`${what} is resolved as in CloudFormation`, () => {
    assert.deepEqual(resolve(value, scope), expected);
  });
}

const REFUSED: readonly (readonly [what: string, value: unknown, message: RegExp])[] = [
  ['a function that is not known', { 'Fn::Base64': 'x' }, /Thing: Fn::Base64 is not known/],
  ['an unknown name', { Ref: 'Nobody' }, /no resource, parameter or pseudo parameter Nobody/],
  ['an unknown attribute', { 'Fn::GetAtt': ['Queue', 'Colour'] }, /no attribute Colour of Queue/],
  ['an unknown condition', { 'Fn::If': ['Nobody', 1, 2] }, /no condition Nobody/],
  ['an unknown condition function', { 'Fn::If': ['Odd', 1, 2] }, /Fn::Contains is not a condition/],
  ['an unknown mapping', { 'Fn::FindInMap': ['Sizes', 'x', 'y'] }, /no mapping Sizes\.x\.y/],
  ['an index out of range', { 'Fn::Select': [5, ['a']] }, /nonexistent value at index 5/],
  ['a parameter without a value', { Ref: 'Needed' }, /parameter Needed has no value/],
  ['a value of Parameter Store', { Ref: 'BootstrapVersion' }, /no Parameter Store/],
  [
    'a dynamic reference',
    '{{resolve:secretsmanager:x}}',
    /does not resolve \{\{resolve:secretsmanager:x\}\}/,
  ],
  [
    'a list joined with an object',
    { 'Fn::Join': ['', [{ a: 1, b: 2 }]] },
    /Fn::Join is given what it cannot/,
  ],
];

for (const [what, value, message] of REFUSED) {
  test(`${what} is refused by name`, () => {
    assert.throws(
      () => resolve(value, scope),
      (error) => {
        assert.ok(error instanceof TemplateError);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}
