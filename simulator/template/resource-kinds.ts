import type { ResourceKind } from './resource-kind.ts';
import { API_GATEWAY } from './resources/api-gateway.ts';
import { bucketPolicy } from './resources/bucket-policy.ts';
import { cloudwatchAlarm, compositeAlarm } from './resources/cloudwatch-alarm.ts';
import { cloudwatchDashboard } from './resources/cloudwatch-dashboard.ts';
import { contactFlow, contactFlowModule } from './resources/connect-flow.ts';
import { connectIntegration } from './resources/connect-integration.ts';
import { connectView } from './resources/connect-view.ts';
import { dynamodbTable } from './resources/dynamodb-table.ts';
import { eventInvokeConfig } from './resources/event-invoke-config.ts';
import { eventSourceMapping } from './resources/event-source-mapping.ts';
import { eventsRule } from './resources/events-rule.ts';
import { iamPolicy, iamRole } from './resources/iam-role.ts';
import { lambdaFunction } from './resources/lambda-function.ts';
import { lambdaPermission } from './resources/lambda-permission.ts';
import { lambdaUrl } from './resources/lambda-url.ts';
import { logGroup } from './resources/log-group.ts';
import { queuePolicy } from './resources/queue-policy.ts';
import { s3Bucket } from './resources/s3-bucket.ts';
import { secret } from './resources/secret.ts';
import { sesConfigurationSet, sesEventDestination, sesTemplate } from './resources/ses.ts';
import { snsSubscription, snsTopic, snsTopicPolicy } from './resources/sns.ts';
import { sqsQueue } from './resources/sqs-queue.ts';
import { WITHOUT_BEHAVIOR } from './resources/without-behavior.ts';

/**
 * Every type of resource that the simulator knows, in the order of deployment: resources that others need
 * come first, and those that start work come last.
 */
export const RESOURCE_KINDS: Readonly<Record<string, ResourceKind>> = {
  ...WITHOUT_BEHAVIOR,
  'AWS::S3::Bucket': s3Bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::SQS::Queue': sqsQueue,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::DynamoDB::Table': dynamodbTable,
  'AWS::SecretsManager::Secret': secret,
  'AWS::SES::ConfigurationSet': sesConfigurationSet,
  'AWS::SES::ConfigurationSetEventDestination': sesEventDestination,
  'AWS::SES::Template': sesTemplate,
  'AWS::SNS::Topic': snsTopic,
  'AWS::SNS::TopicPolicy': snsTopicPolicy,
  'AWS::SNS::Subscription': snsSubscription,
  'AWS::IAM::Role': iamRole,
  'AWS::IAM::Policy': iamPolicy,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': lambdaPermission,
  'AWS::Lambda::Url': lambdaUrl,
  ...API_GATEWAY,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Connect::IntegrationAssociation': connectIntegration,
  'AWS::Connect::View': connectView,
  'AWS::Connect::ContactFlowModule': contactFlowModule,
  'AWS::Connect::ContactFlow': contactFlow,
  'AWS::CloudWatch::Alarm': cloudwatchAlarm,
  'AWS::CloudWatch::CompositeAlarm': compositeAlarm,
  'AWS::CloudWatch::Dashboard': cloudwatchDashboard,
  'AWS::Events::Rule': eventsRule,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
};
