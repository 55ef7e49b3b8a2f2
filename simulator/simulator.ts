import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { type Clock, createClock } from './clock.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { createIdentities, type Credentials, type Identities } from './gateway/iam.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import type { SimulatorOptions } from './options.ts';
import { createRecognizer } from './recognizer/create-recognizer.ts';
import { createCloudFormation } from './services/cloudformation/cloudformation.ts';
import { createCloudwatch, type SimulatedCloudwatch } from './services/cloudwatch/cloudwatch.ts';
import { createConnect, type SimulatedConnect } from './services/connect/connect.ts';
import { instanceParts } from './services/connect/world.ts';
import { createDynamodb } from './services/dynamodb/dynamodb.ts';
import { createEventBridge, type SimulatedEventBridge } from './services/eventbridge/eventbridge.ts';
import { createKinesisVideo } from './services/kinesis-video/kinesis-video.ts';
import { createKinesis, type SimulatedKinesis } from './services/kinesis/kinesis.ts';
import { FUNCTION_URL_PREFIX } from './services/lambda/function-urls.ts';
import { createLambda, type SimulatedLambda } from './services/lambda/lambda.ts';
import { createS3, type SimulatedS3 } from './services/s3/s3.ts';
import { createSecretsManager } from './services/secrets-manager/secrets-manager.ts';
import { createSes, type SimulatedSes } from './services/ses/ses.ts';
import { createSqs, type SimulatedSqs } from './services/sqs/sqs.ts';
import { createTranscribe, type SimulatedTranscribe } from './services/transcribe/transcribe.ts';
import { onlyStackIn, readAssembly } from './template/assembly.ts';
import { deployStack } from './template/deploy.ts';
import type { Deployment } from './template/deployment.ts';

export interface Simulator {
  /** The gateway: what `AWS_ENDPOINT_URL` is to be. */
  readonly endpoint: string;
  /** The administrator's: every call is allowed. */
  readonly credentials: Credentials;
  /** What the stack's roles may do, and what of it has been used so far. */
  readonly grants: Identities['grants'];
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly connect: SimulatedConnect;
  readonly eventBridge: SimulatedEventBridge;
  readonly kinesis: SimulatedKinesis;
  readonly s3: SimulatedS3;
  readonly sqs: SimulatedSqs;
  readonly lambda: SimulatedLambda;
  readonly ses: SimulatedSes;
  readonly transcribe: SimulatedTranscribe;
  readonly cloudwatch: SimulatedCloudwatch;
  readonly deployment: Deployment;
  /** What goes wrong, and how often it has. */
  readonly faults: Faults;
  /** Ends everything: no worker, socket or timer is left. */
  readonly close: () => Promise<void>;
}

/**
 * AWS and Amazon Connect in one process on loopback, with the synthesized stack
 * deployed to it.
 *
 * Throws TemplateError for a stack that cannot be deployed; nothing is left running
 * then.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const closers: (() => unknown)[] = [];
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeAll(closers.toReversed()));
  try {
    return await start(options, (closer) => void closers.push(closer), close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** One that fails keeps none of the others from closing. */
async function closeAll(closers: readonly (() => unknown)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const closer of closers) {
    try {
      await closer();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'the simulator did not close as it should');
}

/** What is passed to `onClose` is called at the end, the last one first. */
async function start(
  options: SimulatorOptions,
  onClose: (closer: () => unknown) => void,
  close: Simulator['close'],
): Promise<Simulator> {
  const { assemblyFolder, world, delays = {}, templatePatch } = options;
  const { stackName = onlyStackIn(assemblyFolder) } = options;
  const { accountId, region, partition, instanceId } = instanceParts(world);
  const account: Account = { id: accountId, region, partition };
  const assembly = readAssembly(assemblyFolder, stackName, templatePatch);
  const folder = await stateFolder(options.folder, onClose);
  const identities = createIdentities(account);
  const happenings = createHappenings();
  const clock = createClock(options.time ?? 'real');

  const faults = createFaults(options.faults);
  const { disorder } = faults;
  const eventBridge = createEventBridge({
    clock,
    happenings,
    delayMs: delays.eventsMs ?? 0,
    account,
    disorder,
  });
  const s3 = createS3({ clock, happenings, account, folder, onEvent: eventBridge.put });
  const sqs = createSqs({ clock, happenings, baseUrl: () => gateway.endpoint, account, disorder });
  const kinesis = createKinesis({
    clock,
    account,
    disorder,
    onIncoming(StreamName) {
      const metric = { namespace: 'AWS/Kinesis', name: 'IncomingRecords', dimensions: { StreamName } };
      cloudwatch.put({ ...metric, value: 1, atMs: clock.now() });
    },
  });
  const kinesisVideo = createKinesisVideo({ clock, mediaEndpoint: () => gateway.mediaEndpoint, region });
  const dynamodb = createDynamodb({ clock, account });
  const secretsManager = createSecretsManager({ clock, account });
  const deployed: Deployment[] = [];
  const createdAtMs = clock.now();
  const cloudFormation = createCloudFormation({
    stacks: () => deployed.map((stack) => ({ ...stack, createdAtMs })),
    account,
  });
  const lambda = createLambda({ clock, happenings });
  const ses = createSes({ ...options.email, clock, happenings, bus: eventBridge, folder, account });
  const cloudwatch = createCloudwatch({ clock, happenings, instanceId, lambda, sqs });
  const transcribe = createTranscribe({
    clock,
    happenings,
    s3,
    bus: eventBridge,
    recognizer: options.recognizer ?? ownRecognizer(onClose, { clock, happenings }),
    delayMs: delays.transcriptionMs ?? 0,
    account,
  });
  const connect = createConnect({
    clock,
    happenings,
    kinesis,
    kinesisVideo,
    s3,
    lambda,
    world,
    delays: { contactRecordMs: delays.contactRecordMs ?? 0 },
    throttle: options.connectThrottle ?? false,
  });

  const parts = [
    eventBridge,
    s3,
    sqs,
    kinesis,
    kinesisVideo,
    dynamodb,
    secretsManager,
    lambda,
    transcribe,
    ses,
  ];
  const gateway: Gateway = await createGateway({
    clock,
    happenings,
    identities,
    services: [...parts, connect, cloudFormation].map(({ service }) => service),
    open: [{ prefix: FUNCTION_URL_PREFIX, answer: lambda.openUrl }],
    ...(options.port !== undefined && { port: options.port }),
    interfere: (call) => options.interfere?.(call) ?? faults.interfere(call),
    invocationOf: lambda.invocationOf,
  });
  onClose(gateway.close);
  onClose(lambda.close);
  onClose(clock.stop);

  kinesis.createStream(world.contactRecordStreamArn);
  if (world.ivrRecordingsBucket !== undefined) {
    s3.createBucket({ name: world.ivrRecordingsBucket, versioned: false, eventBridge: false });
  }
  const endpoint = gateway.endpoint;
  const deployment = await deployStack({
    assembly,
    stackName,
    account,
    ...(options.parameters && { parameters: options.parameters }),
    cloud: {
      clock,
      identities,
      endpoint: () => endpoint,
      s3,
      sqs,
      dynamodb,
      secretsManager,
      kinesis,
      lambda,
      connect,
      eventBridge,
      ses,
      cloudwatch,
    },
  });
  deployed.push(deployment);
  onClose(deployment.stop);

  const credentials = identities.administrator;
  return {
    endpoint,
    credentials,
    grants: identities.grants,
    clock,
    happenings,
    connect,
    eventBridge,
    kinesis,
    s3,
    sqs,
    lambda,
    ses,
    transcribe,
    cloudwatch,
    deployment,
    faults,
    close,
  };
}

async function stateFolder(
  given: string | undefined,
  onClose: (closer: () => unknown) => void,
): Promise<string> {
  if (given !== undefined) {
    await mkdir(given, { recursive: true });
    return given;
  }
  const folder = await mkdtemp(join(tmpdir(), 'voicemail-simulator-'));
  onClose(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Loads while the rest of the simulator starts. Where it cannot, every job fails and says why. */
function ownRecognizer(
  onClose: (closer: () => unknown) => void,
  { clock, happenings }: { clock: Clock; happenings: Happenings },
) {
  const recognizer = createRecognizer();
  onClose(recognizer.close);
  void recognizer.warmUp().catch((error: unknown) => {
    const line = `The recognizer could not be loaded: ${String(error)}`;
    happenings.tell({ kind: 'log', atMs: clock.now(), functionId: 'recognizer', line });
  });
  return recognizer;
}
