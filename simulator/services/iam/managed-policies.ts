/** A policy of AWS's own that a template may name, or one of the account. */
export interface ManagedPolicy {
  readonly path: string;
  readonly name: string;
  readonly id: string;
  readonly madeAt: string;
  readonly description?: string;
  readonly version: string;
  readonly document: object;
}

/** Source: AWS Managed Policy Reference, AWSLambdaBasicExecutionRole. */
const BASIC_EXECUTION: ManagedPolicy = {
  path: '/service-role/',
  name: 'AWSLambdaBasicExecutionRole',
  id: 'ANPAJNCQGXC42545SKXIK',
  madeAt: '2015-04-09T15:03:43Z',
  description: 'Provides write permissions to CloudWatch Logs.',
  version: 'v1',
  document: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  },
};

const KNOWN = [BASIC_EXECUTION];

/** Undefined: the simulator does not know it. */
export function managedPolicy(arn: string): ManagedPolicy | undefined {
  const [, path, name] = /^arn:[^:]+:iam::aws:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return KNOWN.find((one) => one.path === path && one.name === name);
}
