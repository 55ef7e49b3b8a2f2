import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  type InvocationType,
  InvokeCommand,
  LambdaClient,
  ResourceNotFoundException,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createLambda, type SimulatedLambda } from '../../simulator/services/lambda/lambda.ts';
import { simulatorOnly, startTarget, type Target } from './setup.ts';

/** What each function's bundle does. To run this against AWS, deploy them under these names. */
const BUNDLES = {
  echo: `export const handler = async (event) => ({ said: event.say ?? 'nothing' });`,
  silent: `export const handler = async () => {};`,
  functional: `export const handler = async () => () => 1;`,
  failing: `export const handler = async () => { throw new TypeError('no such thing'); };`,
  context: `export const handler = async (_event, context) => ({
    name: context.functionName, version: context.functionVersion, arn: context.invokedFunctionArn,
    memory: context.memoryLimitInMB, id: context.awsRequestId, remaining: context.getRemainingTimeInMillis(),
  });`,
  hanging: `export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));`,
  broken: `import 'no-such-package'; export const handler = async () => 1;`,
  nameless: `export const somethingElse = 1;`,
  exiting: `export const handler = () => process.exit(3);`,
  hungry: `export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };`,
  counting: `let count = 0; export const handler = async () => (count += 1);`,
} as const;

type Bundle = keyof typeof BUNDLES;

let folder: string;
let target: Target;
let lambda: SimulatedLambda;
let client: LambdaClient;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambda-conformance-'));
  const clock = createClock('real');
  const happenings = createHappenings();
  lambda = createLambda({ clock, happenings });
  target = await startTarget([lambda.service], { clock, happenings });
  for (const [name, code] of Object.entries(BUNDLES)) await deploy(name, code);
  client = new LambdaClient({ ...target.client, maxAttempts: 1 });
});

after(async () => {
  client.destroy();
  await lambda.close();
  await target.close();
  await rm(folder, { recursive: true });
});

test('the caller gets the result of the handler', async () => {
  const answer = await invoke('echo', { say: 'hello' });

  assert.equal(answer.StatusCode, 200);
  assert.equal(answer.ExecutedVersion, '$LATEST');
  assert.equal(answer.FunctionError, undefined);
  assert.deepEqual(answer.payload, { said: 'hello' });
});

test('a handler that returns nothing, or nothing that JSON knows, answers null', async () => {
  assert.equal((await invoke('silent')).payload, null);
  assert.equal((await invoke('functional')).payload, null);
});

test('no payload at all is an empty event', async () => {
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'echo' }));

  assert.deepEqual(JSON.parse(Payload?.transformToString() ?? ''), { said: 'nothing' });
});

test('an error of the handler is an answer that says so, with its type, message and trace', async () => {
  const answer = await invoke('failing');

  assert.equal(answer.StatusCode, 200);
  assert.equal(answer.FunctionError, 'Unhandled');
  const { errorType, errorMessage, trace } = answer.payload;
  assert.equal(errorType, 'TypeError');
  assert.equal(errorMessage, 'no such thing');
  assert.equal(trace[0], 'TypeError: no such thing');
});

test('the context has the function’s name and its remaining time', async () => {
  const { payload } = await invoke('context');

  assert.equal(payload.name, 'context');
  assert.equal(payload.version, '$LATEST');
  assert.match(payload.arn, /:function:context$/);
  assert.equal(payload.memory, '128');
  assert.match(payload.id, /^[0-9a-f]{8}-/);
  assert.ok(payload.remaining > 0 && payload.remaining <= 5_000);
});

test('a function that hangs is ended when its time is over, and the next one starts afresh', async () => {
  const answer = await invoke('hanging');

  assert.equal(answer.FunctionError, 'Unhandled');
  assert.match(
    answer.payload.errorMessage,
    /^\d{4}-\d\d-\d\dT[\d:.]+Z [0-9a-f-]{36} Task timed out after 0\.30 seconds$/,
  );
});

test('a bundle that cannot be loaded fails every invocation', async () => {
  for (const attempt of [1, 2]) {
    const { FunctionError, payload } = await invoke('broken');

    assert.equal(FunctionError, 'Unhandled', `attempt ${attempt}`);
    assert.match(payload.errorMessage, /no-such-package/);
  }
});

test('a bundle without the handler says which one is missing', async () => {
  const { payload } = await invoke('nameless');

  assert.equal(payload.errorType, 'Runtime.HandlerNotFound');
  assert.equal(payload.errorMessage, 'index.handler is undefined or not exported');
});

test('a function that ends its process has failed', async () => {
  const { FunctionError, payload } = await invoke('exiting');

  assert.equal(FunctionError, 'Unhandled');
  assert.equal(payload.errorType, 'Runtime.ExitError');
  assert.match(payload.errorMessage, /exit status 3/);
});

test('a function that takes more than its memory is killed, and nothing else is', async () => {
  const { payload } = await invoke('hungry');

  assert.equal(payload.errorType, 'Runtime.ExitError');
  assert.match(payload.errorMessage, /signal: killed/);
});

test('invocations one after the other share an environment', async () => {
  assert.equal((await invoke('counting')).payload, 1);
  assert.equal((await invoke('counting')).payload, 2);
});

test('an event is taken without waiting for the function', async () => {
  const answer = await invoke('hanging', {}, 'Event');

  assert.equal(answer.StatusCode, 202);
  assert.equal(answer.payload, undefined);
});

test('a dry run does not run', async () => {
  const counted = (await invoke('counting')).payload;

  assert.equal((await invoke('counting', {}, 'DryRun')).StatusCode, 204);

  assert.equal((await invoke('counting')).payload, counted + 1);
});

test('a function is found by its ARN too', simulatorOnly, async () => {
  const FunctionName = arnOf('echo');

  assert.equal((await client.send(new InvokeCommand({ FunctionName }))).StatusCode, 200);
});

test('a function that does not exist has an error of its own', async () => {
  const asked = client.send(new InvokeCommand({ FunctionName: 'nobody' }));

  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof ResourceNotFoundException);
    assert.match(error.message, /Function not found/);
    return true;
  });
});

test('a payload that is not JSON is refused', async () => {
  const asked = client.send(new InvokeCommand({ FunctionName: 'echo', Payload: Buffer.from('{') }));

  await assert.rejects(asked, { name: 'InvalidRequestContentException' });
});

test('more invocations than the reserved concurrency are throttled', simulatorOnly, async () => {
  lambda.createFunction({
    ...settingsOf('echo'),
    arn: arnOf('narrow'),
    name: 'narrow',
    reservedConcurrency: 0,
  });

  const asked = client.send(new InvokeCommand({ FunctionName: 'narrow' }));

  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof TooManyRequestsException);
    assert.equal(error.Reason, 'ReservedFunctionConcurrentInvocationLimitExceeded');
    return true;
  });
});

async function deploy(name: string, code: string): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'index.mjs'), code);
  lambda.createFunction(settingsOf(name));
}

function settingsOf(name: string) {
  return {
    id: name,
    name,
    arn: arnOf(name),
    folder: join(folder, name),
    handler: 'index.handler',
    timeoutMs: name === 'hanging' ? 300 : 5_000,
    memoryMb: 128,
    environment: {},
  };
}

function arnOf(name: string): string {
  return `arn:aws:lambda:us-east-1:111122223333:function:${name}`;
}

async function invoke(FunctionName: Bundle, event: unknown = {}, InvocationType?: InvocationType) {
  const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), InvocationType });
  const answer = await client.send(command);
  const text = answer.Payload?.transformToString() ?? '';
  return { ...answer, payload: text === '' ? undefined : JSON.parse(text) };
}
