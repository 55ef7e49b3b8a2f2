import { z } from 'zod';
import { environmentVariables } from '../../services/lambda/environment-variables.ts';
import { parseProperties, type ResourceKind, type Stack, type StackResource } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { roleStatements } from './iam-role.ts';
import { Tags, tagsIn } from './tags.ts';

const Ignored = z.unknown().optional();

const Properties = z.strictObject({
  FunctionName: z.string().optional(),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Handler: z.string().includes('.'),
  Runtime: z.literal('nodejs24.x'),
  Role: z.string(),
  // CloudFormation's defaults.
  Timeout: z.coerce.number().int().min(1).max(900).default(3),
  MemorySize: z.coerce.number().int().min(128).max(10_240).default(128),
  Environment: z
    .strictObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) })
    .default({ Variables: {} }),
  ReservedConcurrentExecutions: z.coerce.number().int().min(0).optional(),
  LoggingConfig: z
    .strictObject({
      LogFormat: z.enum(['Text', 'JSON']).default('Text'),
      ApplicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).optional(),
      SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).optional(),
      LogGroup: z.string().optional(),
    })
    .default({ LogFormat: 'Text' }),
  PackageType: z.literal('Zip').optional(),
  Architectures: z.array(z.string()).default(['x86_64']),
  Description: z.string().optional(),
  EphemeralStorage: Ignored,
  RuntimeManagementConfig: Ignored,
  Tags,
  TracingConfig: Ignored,
});

/** AWS::Lambda::Function: a bundle for Node.js 24 in the assembly. */
export const lambdaFunction: ResourceKind = {
  identify({ name, account: { partition, region, id } }) {
    const functionName = name('FunctionName', { longest: 64 });
    return {
      ref: functionName,
      attributes: { Arn: `arn:${partition}:lambda:${region}:${id}:function:${functionName}` },
    };
  },
  deploy: makeFunction,
  update: makeFunction,
  remove: ({ identity }, { cloud }) => cloud.lambda.deleteFunction(identity().attributes['Arn'] ?? ''),
};

async function makeFunction(resource: StackResource, stack: Stack): Promise<void> {
  const { logicalId, where } = resource;
  const { ref: name, attributes } = resource.identity();
  const properties = parseProperties(Properties, resource);
  const { Handler: handler, MemorySize: memoryMb, Role: roleArn, LoggingConfig: logging } = properties;
  const { cloud, account } = stack;
  if (!stack.byArn('AWS::IAM::Role', roleArn)) {
    throw new TemplateError(`${where}: the template has no role ${roleArn}`);
  }
  const { S3Bucket: bucket, S3Key: key } = properties.Code;
  if (logging.LogFormat !== 'JSON' && (logging.ApplicationLogLevel ?? logging.SystemLogLevel) !== undefined) {
    throw new TemplateError(`${where}: log levels need the LogFormat JSON`);
  }
  // Lambda's own choice, where nobody makes one.
  const applicationLevel = logging.LogFormat === 'JSON' ? (logging.ApplicationLogLevel ?? 'INFO') : undefined;
  const logGroup = logging.LogGroup ?? `/aws/lambda/${name}`;
  const folder = await stack.codeFolder({ bucket, key });
  cloud.lambda.createFunction({
    id: logicalId,
    name,
    arn: attributes['Arn'] ?? '',
    folder,
    handler,
    runtime: properties.Runtime,
    roleArn,
    timeoutMs: properties.Timeout * 1000,
    memoryMb,
    ...(properties.ReservedConcurrentExecutions !== undefined && {
      reservedConcurrency: properties.ReservedConcurrentExecutions,
    }),
    environment: environmentVariables({
      own: properties.Environment.Variables,
      functionName: name,
      memoryMb,
      handler,
      folder,
      region: account.region,
      endpoint: cloud.endpoint(),
      credentials: cloud.identities.addRole({
        arn: roleArn,
        label: logicalId,
        statements: roleStatements(roleArn, stack),
      }),
      logFormat: logging.LogFormat,
      logLevel: applicationLevel,
      logGroup,
    }),
    details: {
      ...(properties.Description !== undefined && { description: properties.Description }),
      architectures: properties.Architectures,
      logFormat: logging.LogFormat,
      ...(logging.LogFormat === 'JSON' && {
        logLevels: { application: applicationLevel ?? 'INFO', system: logging.SystemLogLevel ?? 'INFO' },
      }),
      logGroup,
      variables: properties.Environment.Variables,
      tags: tagsIn(properties.Tags),
      changedAtMs: cloud.clock.now(),
    },
  });
}

/** The function with that name or ARN. Throws TemplateError if the template has none. */
export function requireFunction(nameOrArn: string, stack: Stack, where: string): DeployedFunction {
  const resource =
    stack.byArn('AWS::Lambda::Function', nameOrArn) ??
    stack.ofType('AWS::Lambda::Function').find(({ identity }) => identity().ref === nameOrArn);
  if (!resource) throw new TemplateError(`${where}: the template has no function ${nameOrArn}`);
  const { Role, Timeout } = parseProperties(Properties, resource);
  return {
    resource,
    arn: resource.identity().attributes['Arn'] ?? '',
    roleArn: Role,
    timeoutMs: Timeout * 1000,
  };
}

export interface DeployedFunction {
  readonly resource: StackResource;
  readonly arn: string;
  readonly roleArn: string;
  readonly timeoutMs: number;
}
