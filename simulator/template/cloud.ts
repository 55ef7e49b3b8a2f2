import type { Clock } from '../clock.ts';
import type { Identities } from '../gateway/iam.ts';
import type { SimulatedCloudwatch } from '../services/cloudwatch/cloudwatch.ts';
import type { SimulatedConnect } from '../services/connect/connect.ts';
import type { SimulatedDynamodb } from '../services/dynamodb/dynamodb.ts';
import type { SimulatedEventBridge } from '../services/eventbridge/eventbridge.ts';
import type { HttpApis } from '../services/api-gateway/http-apis.ts';
import type { SimulatedIam } from '../services/iam/iam.ts';
import type { SimulatedKinesis } from '../services/kinesis/kinesis.ts';
import type { SimulatedLambda } from '../services/lambda/lambda.ts';
import type { SimulatedLogs } from '../services/logs/logs.ts';
import type { SimulatedS3 } from '../services/s3/s3.ts';
import type { SimulatedSecretsManager } from '../services/secrets-manager/secrets-manager.ts';
import type { SimulatedSes } from '../services/ses/ses.ts';
import type { SimulatedSns } from '../services/sns/sns.ts';
import type { SimulatedSqs } from '../services/sqs/sqs.ts';

/** The services a stack is deployed to. */
export interface Cloud {
  readonly clock: Clock;
  readonly identities: Identities;
  readonly iam: Pick<SimulatedIam, 'describeRole' | 'forgetRole' | 'findPolicy'>;
  readonly httpApis: HttpApis;
  /** The gateway: `http://127.0.0.1:4801`. */
  readonly endpoint: () => string;
  readonly s3: SimulatedS3;
  readonly sqs: SimulatedSqs;
  readonly dynamodb: SimulatedDynamodb;
  readonly secretsManager: SimulatedSecretsManager;
  readonly kinesis: SimulatedKinesis;
  readonly lambda: SimulatedLambda;
  readonly logs: SimulatedLogs;
  readonly connect: Pick<SimulatedConnect, 'world' | 'flows' | 'views' | 'functions'>;
  readonly eventBridge: SimulatedEventBridge;
  readonly ses: SimulatedSes;
  readonly sns: SimulatedSns;
  readonly cloudwatch: SimulatedCloudwatch;
}
