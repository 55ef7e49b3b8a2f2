import type { Names } from './names.ts';
import type { Need } from './statements.ts';

/** The template, as far as it says what is made. */
export interface MadeOf {
  /** By logical id. */
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** API Gateway has an action for each method of HTTP. */
const REST = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'].map((method) => `apigateway:${method}`);

/**
 * By resource type: what CloudFormation does to make, read, change and delete such a resource as the stack has it.
 *
 * Source: the handlers of each type in CloudFormation's resource schemas of us-east-1 (August 2026). Left out is what
 * they name for properties that the stack does not set: networks, file systems, own keys, replicas, imports, websites,
 * metadata tables, reserved concurrency, code signing, managed policies, delivery logs of topics, other kinds of
 * integration.
 */
const BY_TYPE: Readonly<Record<string, (names: Names) => readonly Need[]>> = {
  'AWS::ApiGatewayV2::Api': ({ httpApis }) => [on(httpApis, ...REST)],
  'AWS::ApiGatewayV2::ApiMapping': ({ apiDomains }) => [on(apiDomains, ...REST)],
  'AWS::ApiGatewayV2::DomainName': ({ apiDomains, apiRoles }) => [
    on(apiDomains, ...REST),
    on(apiRoles, 'iam:CreateServiceLinkedRole'),
  ],
  'AWS::ApiGatewayV2::Integration': ({ httpApis }) => [on(httpApis, ...REST)],
  'AWS::ApiGatewayV2::Route': ({ httpApis }) => [on(httpApis, ...REST)],
  'AWS::ApiGatewayV2::Stage': ({ httpApis }) => [on(httpApis, ...REST)],
  'AWS::CloudWatch::Alarm': ({ any, alarms }) => [
    on(any, 'cloudwatch:DescribeAlarms'),
    on(
      alarms,
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:DeleteAlarms',
      ...tagged('cloudwatch', 'TagsForResource'),
    ),
  ],
  'AWS::CloudWatch::Dashboard': ({ dashboards }) => [
    on(dashboards, 'cloudwatch:PutDashboard', 'cloudwatch:GetDashboard', 'cloudwatch:DeleteDashboards'),
    on(dashboards, ...tagged('cloudwatch', 'TagsForResource')),
  ],
  'AWS::Connect::ContactFlow': ({ instance }) => [
    on(instance, 'connect:CreateContactFlow', 'connect:DescribeContactFlow', 'connect:DeleteContactFlow'),
    on(instance, 'connect:UpdateContactFlowMetadata', 'connect:UpdateContactFlowContent'),
    on(instance, ...tagged('connect', 'TagsForResource')),
  ],
  'AWS::Connect::ContactFlowModule': ({ instance }) => [
    on(instance, 'connect:CreateContactFlowModule', 'connect:DescribeContactFlowModule'),
    on(instance, 'connect:DeleteContactFlowModule', 'connect:UpdateContactFlowModuleContent'),
    on(instance, 'connect:UpdateContactFlowModuleMetadata', ...tagged('connect', 'TagsForResource')),
  ],
  'AWS::Connect::IntegrationAssociation': ({ any, instance, functions }) => [
    on(instance, 'connect:DescribeInstance', 'connect:ListIntegrationAssociations'),
    on(instance, 'connect:AssociateLambdaFunction', 'connect:DisassociateLambdaFunction'),
    on(instance, 'connect:CreateIntegrationAssociation', 'connect:DeleteIntegrationAssociation'),
    on(instance, 'connect:ListLambdaFunctions', ...tagged('connect', 'TagsForResource')),
    on(functions, 'lambda:AddPermission', 'lambda:RemovePermission'),
    on(any, 'ds:DescribeDirectories'),
  ],
  'AWS::Connect::View': ({ instance }) => [
    on(instance, 'connect:CreateView', 'connect:DescribeView', 'connect:DeleteView'),
    on(instance, 'connect:UpdateViewContent', 'connect:UpdateViewMetadata'),
    on(instance, ...tagged('connect', 'TagsForResource')),
  ],
  'AWS::DynamoDB::Table': ({ tables }) => [
    on(
      tables,
      'dynamodb:CreateTable',
      'dynamodb:DescribeTable',
      'dynamodb:UpdateTable',
      'dynamodb:DeleteTable',
    ),
    on(tables, 'dynamodb:DescribeTimeToLive', 'dynamodb:UpdateTimeToLive'),
    on(tables, 'dynamodb:DescribeContinuousBackups', 'dynamodb:UpdateContinuousBackups'),
    on(tables, 'dynamodb:DescribeContributorInsights', 'dynamodb:DescribeKinesisStreamingDestination'),
    on(tables, 'dynamodb:GetResourcePolicy', ...tagged('dynamodb', 'TagsOfResource')),
  ],
  'AWS::Events::Rule': ({ rules }) => [
    on(rules, 'events:PutRule', 'events:DescribeRule', 'events:DeleteRule', 'events:PutTargets'),
    on(rules, 'events:RemoveTargets', 'events:ListTargetsByRule', ...tagged('events', 'TagsForResource')),
  ],
  'AWS::IAM::Policy': ({ roles }) => [
    on(roles, 'iam:PutRolePolicy', 'iam:GetRolePolicy', 'iam:DeleteRolePolicy'),
  ],
  'AWS::IAM::Role': ({ roles }) => [
    on(
      roles,
      'iam:CreateRole',
      'iam:GetRole',
      'iam:DeleteRole',
      'iam:UpdateRole',
      'iam:UpdateRoleDescription',
    ),
    on(roles, 'iam:UpdateAssumeRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'),
    on(roles, 'iam:TagRole', 'iam:UntagRole', 'iam:ListRoleTags'),
  ],
  'AWS::Lambda::EventInvokeConfig': ({ functions }) => [
    on(functions, 'lambda:PutFunctionEventInvokeConfig', 'lambda:GetFunctionEventInvokeConfig'),
    on(functions, 'lambda:UpdateFunctionEventInvokeConfig', 'lambda:DeleteFunctionEventInvokeConfig'),
  ],
  'AWS::Lambda::EventSourceMapping': ({ any, eventSourceMappings }) => [
    on(any, 'lambda:CreateEventSourceMapping'),
    on(eventSourceMappings, 'lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'),
    on(eventSourceMappings, 'lambda:DeleteEventSourceMapping', ...tagged('lambda', 'Tags')),
  ],
  'AWS::Lambda::Function': ({ functions, roles, assets }) => [
    on(functions, 'lambda:CreateFunction', 'lambda:GetFunction', 'lambda:DeleteFunction'),
    on(functions, 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'),
    on(functions, 'lambda:GetFunctionCodeSigningConfig', 'lambda:GetFunctionRecursionConfig'),
    on(functions, 'lambda:GetRuntimeManagementConfig', 'lambda:GetFunctionScalingConfig'),
    on(functions, ...tagged('lambda', 'Tags')),
    on(assets, 's3:GetObject', 's3:GetObjectVersion'),
    {
      ...on(roles, 'iam:PassRole'),
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    },
  ],
  'AWS::Lambda::Permission': ({ functions }) => [
    on(functions, 'lambda:AddPermission', 'lambda:GetPolicy', 'lambda:RemovePermission'),
  ],
  'AWS::Lambda::Url': ({ functions }) => [
    on(functions, 'lambda:CreateFunctionUrlConfig', 'lambda:GetFunctionUrlConfig'),
    on(functions, 'lambda:UpdateFunctionUrlConfig', 'lambda:DeleteFunctionUrlConfig'),
  ],
  'AWS::Logs::LogGroup': ({ any, logGroups }) => [
    on(any, 'logs:DescribeLogGroups', 'logs:DescribeIndexPolicies', 'logs:DescribeResourcePolicies'),
    on(logGroups, 'logs:CreateLogGroup', 'logs:DeleteLogGroup', 'logs:GetDataProtectionPolicy'),
    on(
      logGroups,
      'logs:PutRetentionPolicy',
      'logs:DeleteRetentionPolicy',
      ...tagged('logs', 'TagsForResource'),
    ),
  ],
  'AWS::S3::Bucket': ({ buckets }) => [
    on(
      buckets,
      's3:CreateBucket',
      's3:DeleteBucket',
      's3:ListBucket',
      's3:GetBucket*',
      's3:Get*Configuration',
    ),
    on(buckets, 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:PutBucketNotification'),
    on(buckets, 's3:PutBucketOwnershipControls', 's3:PutBucketPublicAccessBlock', 's3:PutBucketVersioning'),
    on(buckets, 's3:PutBucketTagging', ...tagged('s3', 'TagsForResource')),
  ],
  'AWS::S3::BucketPolicy': ({ buckets }) => [
    on(buckets, 's3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'),
  ],
  // Amazon SES has two APIs with the same actions; the older one knows no resources.
  'AWS::SES::ConfigurationSet': ({ any }) => [
    on(any, 'ses:CreateConfigurationSet', 'ses:GetConfigurationSet', 'ses:DescribeConfigurationSet'),
    on(
      any,
      'ses:DeleteConfigurationSet',
      'ses:PutConfigurationSetVdmOptions',
      ...tagged('ses', 'TagsForResource'),
    ),
  ],
  'AWS::SES::ConfigurationSetEventDestination': ({ any }) => [
    on(any, 'ses:CreateConfigurationSetEventDestination', 'ses:UpdateConfigurationSetEventDestination'),
    on(any, 'ses:DeleteConfigurationSetEventDestination', 'ses:GetConfigurationSetEventDestinations'),
    on(any, 'ses:DescribeConfigurationSet'),
  ],
  'AWS::SNS::Subscription': ({ any, topics }) => [
    on(topics, 'sns:Subscribe'),
    on(any, 'sns:GetSubscriptionAttributes', 'sns:SetSubscriptionAttributes', 'sns:Unsubscribe'),
  ],
  'AWS::SNS::Topic': ({ topics }) => [
    on(topics, 'sns:CreateTopic', 'sns:GetTopicAttributes', 'sns:SetTopicAttributes', 'sns:DeleteTopic'),
    on(
      topics,
      'sns:ListSubscriptionsByTopic',
      'sns:GetDataProtectionPolicy',
      ...tagged('sns', 'TagsForResource'),
    ),
  ],
  'AWS::SNS::TopicPolicy': ({ topics }) => [on(topics, 'sns:SetTopicAttributes')],
  'AWS::SQS::Queue': ({ queues }) => [
    on(queues, 'sqs:CreateQueue', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes', 'sqs:SetQueueAttributes'),
    on(queues, 'sqs:DeleteQueue', 'sqs:ListQueueTags', 'sqs:TagQueue', 'sqs:UntagQueue'),
  ],
  'AWS::SQS::QueuePolicy': ({ queues }) => [on(queues, 'sqs:SetQueueAttributes')],
  'AWS::SecretsManager::Secret': ({ any, linkKey }) => [
    on(any, 'secretsmanager:GetRandomPassword'),
    on(linkKey, 'secretsmanager:CreateSecret', 'secretsmanager:DescribeSecret'),
    on(linkKey, 'secretsmanager:GetSecretValue', 'secretsmanager:UpdateSecret'),
    on(linkKey, 'secretsmanager:DeleteSecret', 'secretsmanager:TagResource'),
    on(linkKey, 'secretsmanager:UntagResource'),
  ],
};

/** Every type that has a row, for the test. */
export const KNOWN_TYPES: readonly string[] = Object.keys(BY_TYPE);

/**
 * What CloudFormation's execution role needs for a stack of this template. Throws an Error for a type that the table
 * does not have.
 */
export function resourceNeeds({ Resources }: MadeOf, names: Names): readonly Need[] {
  const types = new Set(Object.values(Resources).map(({ Type }) => Type));
  const made = [...types].flatMap((type) => {
    const needsOf = BY_TYPE[type];
    if (!needsOf) throw new Error(`cli/deployer-policy/resource-needs.ts has no row for ${type}`);
    return needsOf(names);
  });
  // The template has the version of the bootstrap stack as a parameter.
  const key = names.ownKey;
  return [
    ...made,
    on(names.bootstrapVersion, 'ssm:GetParameters'),
    ...(names.boundary.length > 0
      ? [on(names.roles, 'iam:PutRolePermissionsBoundary', 'iam:DeleteRolePermissionsBoundary')]
      : []),
    // DynamoDB works with a grant, and Secrets Manager encrypts in the name of who makes the secret.
    ...(key.length > 0
      ? [on(key, 'kms:CreateGrant', 'kms:DescribeKey'), on(key, 'kms:Decrypt', 'kms:GenerateDataKey')]
      : []),
  ];
}

function on(resources: readonly string[], ...actions: readonly string[]): Need {
  return { on: resources, actions };
}

function tagged(service: string, list: 'Tags' | 'TagsForResource' | 'TagsOfResource'): readonly string[] {
  return ['TagResource', 'UntagResource', `List${list}`].map((operation) => `${service}:${operation}`);
}
