import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  FunctionUrlAuthType,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { LogLevel } from '../../src/domain/log-level.ts';
import { impactAlarm } from './impact-alarm.ts';

export interface PipelineFunctionProps {
  /** Folder of the bundle, as `npm run build` makes it from src/main. It holds `index.mjs`. */
  readonly codeFolder: string;
  /** The alarm's title while this fails. */
  readonly title: string;
  /** What a caller or an agent notices while this fails. It is the alarm's text. */
  readonly impact: string;
  readonly timeout: Duration;
  readonly memoryMegabytes?: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetention: RetentionDays;
  /** Of Lambda's own lines, and for `debug` of ours. */
  readonly logLevel: LogLevel;
  /** A name for the policy of its role. Absent: CDK's. See `FunctionDeployment`. */
  readonly policyName?: string;
}

export interface Allowed {
  readonly resource: string;
  readonly actions: readonly string[];
}

export interface KeyGrant {
  /** `kms:Decrypt` */
  readonly actions: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * A Lambda function of the pipeline, the one way we make them.
 *
 * It logs JSON into a log group of its own and has an alarm that says in words
 * what is broken. Its role may write that log and nothing else; everything more
 * is granted by the stack, one line per grant, through `allow`.
 */
export class PipelineFunction extends Construct {
  readonly function: LambdaFunction;
  readonly alarm: Alarm;
  readonly role: Role;
  readonly #policy: Policy | undefined;
  #publicUrl: string | undefined;
  readonly #allowed: Allowed[] = [];

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    super(scope, id);
    const log = new LogGroup(this, 'Log', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    if (props.policyName !== undefined)
      this.#policy = new Policy(this.role, props.policyName, { roles: [this.role] });
    this.allow(log.logGroupArn, 'logs:CreateLogStream', 'logs:PutLogEvents');
    this.function = new LambdaFunction(this, 'Function', {
      code: Code.fromAsset(props.codeFolder),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes ?? 512,
      timeout: props.timeout,
      environment: props.environment,
      loggingFormat: LoggingFormat.JSON,
      ...lambdaLevels(props.logLevel),
      logGroup: log,
      role: this.role,
    });
    this.alarm = impactAlarm(this, 'Failing', {
      title: props.title,
      impact: props.impact,
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
    });
  }

  /** Lets it look at the headers of objects. The bytes are not read, so their key is not needed. */
  allowHeaders(objects: string): void {
    this.#grant(new PolicyStatement({ actions: ['s3:GetObject'], resources: [objects] }));
  }

  /** What it may do on which resource, by `allow` and `allowIf`. */
  get allowed(): readonly Allowed[] {
    return this.#allowed;
  }

  /** The use of a key, through another service and for what that service encrypts. */
  allowKey(keyArn: string, { actions, conditions }: KeyGrant): void {
    this.#grant(new PolicyStatement({ actions: [...actions], resources: [keyArn], conditions }));
  }

  /** One grant of actions for which IAM knows no resource, bound by what the request must say instead. */
  allowIf(equals: Readonly<Record<string, string>>, ...actions: readonly string[]): void {
    this.#allowed.push({ resource: '*', actions });
    const statement = { actions: [...actions], resources: ['*'], conditions: { StringEquals: equals } };
    this.#grant(new PolicyStatement(statement));
  }

  /** One grant: the actions this function uses on one resource. */
  allow(resource: string, ...actions: readonly string[]): void {
    this.#allowed.push({ resource, actions });
    this.#grant(new PolicyStatement({ actions: [...actions], resources: [resource] }));
  }

  #grant(statement: PolicyStatement): void {
    if (this.#policy) this.#policy.addStatements(statement);
    else this.role.addToPrincipalPolicy(statement);
  }

  /** Adds environment variables to those given at the start. */
  addSettings(settings: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(settings)) this.function.addEnvironment(name, value);
  }

  /** Where anybody may invoke it without a signature. The first call makes it so. */
  publicUrl(): string {
    this.#publicUrl ??= this.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
    return this.#publicUrl;
  }
}

/**
 * Lambda drops lines below the level of the application, those with metrics too, as they have none. So it gets `DEBUG`
 * or its own `INFO`; functions leave the rest out by themselves.
 */
function lambdaLevels(level: LogLevel) {
  switch (level) {
    case 'debug':
      return {
        applicationLogLevelV2: ApplicationLogLevel.DEBUG,
        systemLogLevelV2: SystemLogLevel.DEBUG,
      };
    case 'info':
      return {};
    case 'warn':
    case 'error':
      return { systemLogLevelV2: SystemLogLevel.WARN };
  }
}
