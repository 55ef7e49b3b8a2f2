import { laptopWorld } from '../services/connect/sample-world.ts';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Happening } from '../happenings.ts';
import type { SimulatorOptions } from '../options.ts';
import { createStandInRecognizer } from '../recognizer/stand-in-recognizer.ts';
import { startSimulator, type Simulator } from '../simulator.ts';

/** A function of a test's stack. */
interface TestFunction {
  /** The bundle, as an ES module. */
  readonly code: string;
  /** Further properties of the AWS::Lambda::Function. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Statements of its role. */
  readonly may?: readonly Readonly<Record<string, unknown>>[];
}

export interface TestStack {
  readonly functions?: Readonly<Record<string, TestFunction>>;
  readonly resources?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly conditions?: Readonly<Record<string, unknown>>;
}

export const STREAM_ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/acme-ctr';

/** The statement that a function's role needs to read that stream. */
export const READS_STREAM = {
  Effect: 'Allow',
  Action: ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream', 'kinesis:ListShards'],
  Resource: STREAM_ARN,
};

/** The statement that a function's role needs to read the queue of that logical id. */
export function worksOn(queue: string) {
  return {
    Effect: 'Allow',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    Resource: arnOf(queue),
  };
}

/** The ARN of a resource, as a template refers to it. */
export function arnOf(logicalId: string) {
  return { 'Fn::GetAtt': [logicalId, 'Arn'] };
}

/**
 * A simulator with a stack written by hand, by default in fast time. A function `worker` gets the role
 * `workerRole`; both are written as CDK does.
 */
export async function startTestStack(
  t: Pick<TestContext, 'after'>,
  { functions = {}, resources = {}, outputs = {}, conditions = {} }: TestStack,
  options: Partial<SimulatorOptions> = {},
): Promise<Simulator> {
  const assemblyFolder = await mkdtemp(join(tmpdir(), 'test-stack-'));
  let simulator: Simulator | undefined;
  // One hook: node:test runs no further hook after a failed one.
  t.after(async () => {
    try {
      await simulator?.close();
    } finally {
      await rm(assemblyFolder, { recursive: true, force: true, maxRetries: 3 });
    }
  });
  for (const [name, { code }] of Object.entries(functions)) {
    await mkdir(join(assemblyFolder, `asset.${name}`));
    await writeFile(join(assemblyFolder, `asset.${name}`, 'index.mjs'), code);
  }
  const template = {
    Resources: { ...Object.assign({}, ...Object.entries(functions).map(functionResources)), ...resources },
    Outputs: outputs,
    Conditions: conditions,
  };
  const files = Object.keys(functions).map((name) => [name, { source: { path: `asset.${name}` } }]);
  await writeFile(join(assemblyFolder, 'Test.template.json'), JSON.stringify(template));
  await writeFile(
    join(assemblyFolder, 'Test.assets.json'),
    JSON.stringify({ files: Object.fromEntries(files) }),
  );

  simulator = await startSimulator({
    assemblyFolder,
    stackName: 'Test',
    world: laptopWorld(),
    time: 'fast',
    recognizer: createStandInRecognizer(''),
    ...options,
  });
  return simulator;
}

function functionResources([name, { properties = {}, may = [] }]: [string, TestFunction]) {
  return {
    [`${name}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {},
        Policies: may.length === 0 ? [] : [{ PolicyName: 'p', PolicyDocument: { Statement: may } }],
      },
    },
    [name]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: `${name}.zip` },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: arnOf(`${name}Role`),
        Timeout: 5,
        ...properties,
      },
      Metadata: { 'aws:cdk:path': `Test/${name}/Function/Resource` },
    },
  };
}

/**
 * Waits for the next happening of that kind that passes the test, by default any. Resolves after the work
 * that follows it at once.
 */
export function happened<Kind extends Happening['kind']>(
  { happenings }: Simulator,
  kind: Kind,
  test: (happening: Extract<Happening, { kind: Kind }>) => boolean = () => true,
): Promise<Extract<Happening, { kind: Kind }>> {
  return new Promise((resolve) => {
    const stop = happenings.listen((happening) => {
      if (!isOf(happening, kind) || !test(happening)) return;
      stop();
      setImmediate(resolve, happening);
    });
  });
}

function isOf<Kind extends Happening['kind']>(
  happening: Happening,
  kind: Kind,
): happening is Extract<Happening, { kind: Kind }> {
  return happening.kind === kind;
}
