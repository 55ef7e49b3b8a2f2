import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureText } from './failures.ts';

function failed(logicalId: string, reason: string, type = 'AWS::SQS::Queue') {
  return { logicalId, type, status: 'CREATE_FAILED', reason, isOfStack: false };
}

test('the cause is said, and what was broken off because of it is counted', () => {
  const text = failureText({
    status: 'ROLLBACK_COMPLETE',
    reason: undefined,
    failed: [
      failed('Second', 'Resource creation cancelled'),
      failed('First', 'The queue is odd. (Status Code: 400)'),
      failed('Third', 'Resource creation cancelled'),
    ],
  });

  assert.equal(
    text,
    '  ✖ AWS::SQS::Queue First: The queue is odd. (Status Code: 400)\n  (2 more were broken off because of it.)',
  );
});

test('where no resource failed, the reason of the stack is said', () => {
  const ending = { status: 'ROLLBACK_COMPLETE', reason: 'User Initiated', failed: [] };

  assert.equal(failureText(ending), '  ✖ User Initiated');
});

/** As AWS documents these messages: what a service says, and what CloudFormation adds. */
const USER =
  'User: arn:aws:sts::111122223333:assumed-role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1/AWSCloudFormation';
const REMEDIES: readonly (readonly [name: string, reason: string, remedy: RegExp])[] = [
  [
    'an organization that forbids public function URLs',
    `${USER} is not authorized to perform: lambda:CreateFunctionUrlConfig on resource: arn:aws:lambda:us-east-1:111122223333:function:f with an explicit deny in a service control policy (Service: Lambda, Status Code: 403)`,
    /CT\.LAMBDA\.PV\.1: set links\.host to 'api-gateway', 'own-domain' or 'none'/,
  ],
  [
    'an organization that forbids permissions for services',
    `${USER} is not authorized to perform: lambda:AddPermission on resource: arn:aws:lambda:us-east-1:111122223333:function:f with an explicit deny in a service control policy (Service: Lambda, Status Code: 403)`,
    /CT\.LAMBDA\.PV\.2: .*exempt the role .* No setting helps\./,
  ],
  [
    'a service control policy',
    `${USER} is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:us-east-1:111122223333:q with an explicit deny in a service control policy (Service: Sqs, Status Code: 403)`,
    /a policy of your organization forbids sqs:CreateQueue: ask those who manage the organization/,
  ],
  [
    'a permissions boundary',
    `${USER} is not authorized to perform: sqs:CreateQueue with an explicit deny in a permissions boundary`,
    /the permissions boundary of the role that CloudFormation works with forbids sqs:CreateQueue/,
  ],
  [
    'a permission that the execution role lacks',
    `${USER} is not authorized to perform: connect:CreateContactFlow on resource: arn:aws:connect:… because no identity-based policy allows the connect:CreateContactFlow action (HandlerErrorCode: AccessDenied)`,
    /allow connect:CreateContactFlow to the role .*cfn-exec-role.*npx vmx deployer-policy/,
  ],
  [
    'a quota that is reached',
    'The account has reached its limit of contact flows. (Service: Connect, Status Code: 402, HandlerErrorCode: ServiceLimitExceeded)',
    /the account has no more room for AWS::SQS::Queue: ask for a higher quota in the Service Quotas console/,
  ],
  [
    'a name that is taken',
    'Resource of type AWS::Connect::ContactFlow with identifier Voicemail entry already exists. (HandlerErrorCode: AlreadyExists)',
    /something that is not of this stack has that name/,
  ],
  [
    'what passes by itself',
    'Rate exceeded (Service: Lambda, Status Code: 429, HandlerErrorCode: Throttling)',
    /deploy again in some minutes/,
  ],
];

for (const [name, reason, remedy] of REMEDIES) {
  test(`a deployment that fails by ${name} says what to do`, () => {
    const text = failureText({
      status: 'ROLLBACK_COMPLETE',
      reason: undefined,
      failed: [failed('Queue', reason)],
    });

    assert.match(text, remedy);
    assert.ok(text.includes(reason));
  });
}
