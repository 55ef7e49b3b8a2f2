import type { Account } from './account.ts';
import { createBootstrap } from './bootstrap.ts';
import type { Clock } from './clock.ts';
import type { Disorder } from './faults/disorder.ts';
import type { Identities } from './gateway/iam.ts';
import type { Happenings } from './happenings.ts';
import type { AccountOptions } from './options.ts';
import type { Recognizer } from './recognizer/recognizer.ts';
import type { Service } from './service.ts';
import { createHttpApis, type HttpApis } from './services/api-gateway/http-apis.ts';
import { createCloudFormation } from './services/cloudformation/cloudformation.ts';
import type { Stacks } from './stacks/stacks.ts';
import { tellAlarmActions } from './services/cloudwatch/tell-alarm-actions.ts';
import { createCloudwatch, type SimulatedCloudwatch } from './services/cloudwatch/cloudwatch.ts';
import { createPresignedUrls } from './services/connect/attachments/presigned-urls.ts';
import { createConnect, type SimulatedConnect } from './services/connect/connect.ts';
import { instanceParts } from './services/connect/world.ts';
import { createCostExplorer } from './services/cost-explorer/cost-explorer.ts';
import { createCustomerProfiles } from './services/customer-profiles/customer-profiles.ts';
import { createDynamodb, type SimulatedDynamodb } from './services/dynamodb/dynamodb.ts';
import { createEventBridge, type SimulatedEventBridge } from './services/eventbridge/eventbridge.ts';
import { createIam, type SimulatedIam } from './services/iam/iam.ts';
import { createKinesisVideo, type SimulatedKinesisVideo } from './services/kinesis-video/kinesis-video.ts';
import { createKinesis, type SimulatedKinesis } from './services/kinesis/kinesis.ts';
import { createKms, type SimulatedKms } from './services/kms/kms.ts';
import { createLambda, type SimulatedLambda } from './services/lambda/lambda.ts';
import { createServiceQuotas } from './services/service-quotas/service-quotas.ts';
import { createS3, type SimulatedS3 } from './services/s3/s3.ts';
import {
  createSecretsManager,
  type SimulatedSecretsManager,
} from './services/secrets-manager/secrets-manager.ts';
import { createSes, type SimulatedSes } from './services/ses/ses.ts';
import { createSns, type SimulatedSns } from './services/sns/sns.ts';
import { createSqs, type SimulatedSqs } from './services/sqs/sqs.ts';
import { createSsm } from './services/ssm/ssm.ts';
import { createSts } from './services/sts/sts.ts';
import { createTranscribe, type SimulatedTranscribe } from './services/transcribe/transcribe.ts';
import type { LoggedLine } from './services/lambda/log-lines.ts';
import { createLogs, type SimulatedLogs } from './services/logs/logs.ts';
import type { DataStream } from './world/account-state.ts';

/** One account of AWS in one Region, with one Amazon Connect instance. */
export interface Services {
  readonly cloudFormation: { readonly service: Service };
  readonly cloudwatch: SimulatedCloudwatch;
  readonly connect: SimulatedConnect;
  readonly costExplorer: { readonly service: Service };
  readonly customerProfiles: { readonly service: Service };
  readonly dynamodb: SimulatedDynamodb;
  readonly eventBridge: SimulatedEventBridge;
  readonly httpApis: HttpApis;
  readonly iam: SimulatedIam;
  readonly kinesis: SimulatedKinesis;
  readonly kinesisVideo: SimulatedKinesisVideo;
  readonly kms: SimulatedKms;
  readonly lambda: SimulatedLambda;
  readonly logs: SimulatedLogs;
  readonly s3: SimulatedS3;
  readonly secretsManager: SimulatedSecretsManager;
  readonly serviceQuotas: { readonly service: Service };
  readonly ses: SimulatedSes;
  readonly sns: SimulatedSns;
  readonly sqs: SimulatedSqs;
  readonly ssm: { readonly service: Service };
  readonly sts: { readonly service: Service };
  readonly transcribe: SimulatedTranscribe;
}

interface Surroundings {
  readonly account: Account;
  readonly identities: Identities;
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly disorder: Disorder;
  readonly recognizer: Recognizer;
  /** Where objects and mails are kept. */
  readonly folder: string;
  /** The gateway's, known once it listens. */
  readonly endpoints: () => { readonly endpoint: string; readonly mediaEndpoint: string };
  readonly stacks: () => Stacks;
}

/** Makes the services, and the stream and bucket that Amazon Connect writes to. */
export function createServices(options: AccountOptions, surroundings: Surroundings): Services {
  const { world, delays = {}, state = {}, keepTableWrites = false } = options;
  const { account, identities, clock, happenings, disorder, recognizer, folder, endpoints, stacks } =
    surroundings;
  const common = { clock, happenings, account };
  const kms = createKms({ clock, account, keys: state.keys ?? [] });
  const keys = kms.ring;
  const eventBridge = createEventBridge({ ...common, delayMs: delays.eventsMs ?? 0, disorder });
  const s3 = createS3({ ...common, keys, folder, onEvent: eventBridge.put });
  const sqs = createSqs({ ...common, keys, baseUrl: () => endpoints().endpoint, disorder });
  const logs = createLogs({ ...common, keys });
  const lambda = createLambda({ ...common, state, onLog: logWriter(logs, surroundings) });
  const { instanceId } = instanceParts(world);
  const cloudwatch = createCloudwatch({ ...common, instanceId, lambda, sqs });
  const kinesis = createKinesis({ ...common, disorder, onIncoming: incomingCounter(cloudwatch, clock) });
  createDataStreams(kinesis, options);
  createBuckets(s3, options, surroundings);
  const mediaEndpoint = () => endpoints().mediaEndpoint;
  const kinesisVideo = createKinesisVideo({ clock, mediaEndpoint, region: account.region });
  const existingStreams = createVideoStreams(kinesisVideo, options, surroundings);
  const connect = createConnect({
    clock,
    happenings,
    kinesis,
    kinesisVideo,
    s3,
    bus: eventBridge,
    urls: createPresignedUrls({ clock, account, roles: identities, endpoint: () => endpoints().endpoint }),
    lambda,
    world,
    existingStreams,
    delays: { contactRecordMs: delays.contactRecordMs ?? 0 },
    throttle: options.connectThrottle ?? false,
    isStrict: options.strictFlows ?? false,
  });
  const sns = createSns({ clock, account, keys, confirmingAddresses: state.confirmingAddresses });
  tellAlarmActions({ happenings, cloudwatch, sns });
  const delayMs = delays.transcriptionMs ?? 0;
  return {
    cloudFormation: createCloudFormation({ ...stackLife(stacks), account, clock, state, s3, folder }),
    cloudwatch,
    connect,
    costExplorer: createCostExplorer({ clock, ...(state.charges && { charges: state.charges }) }),
    customerProfiles: createCustomerProfiles({
      clock,
      account,
      ...(state.profileDomains && { domains: state.profileDomains }),
    }),
    dynamodb: createDynamodb({ ...delays, clock, account, keys, keepTableWrites }),
    eventBridge,
    httpApis: createHttpApis({ clock, account, invoke: lambda.invoke }),
    iam: createIam({ clock, identities, policies: state.policies ?? [] }),
    kinesis,
    kinesisVideo,
    kms,
    lambda,
    logs,
    s3,
    secretsManager: createSecretsManager({ clock, account, keys }),
    serviceQuotas: createServiceQuotas({ account, ...(state.quotas && { quotas: state.quotas }) }),
    ses: createSes({ ...options.email, ...common, bus: eventBridge, folder }),
    sns,
    sqs,
    ssm: createSsm({ clock, account, ...(state.bootstrap && { bootstrap: state.bootstrap }) }),
    sts: createSts({ clock, identities }),
    transcribe: createTranscribe({ ...common, keys, s3, bus: eventBridge, recognizer, delayMs }),
  };
}

function stackLife(stacks: Surroundings['stacks']) {
  return { stacks: () => stacks().all(), life: stacks };
}

function incomingCounter(cloudwatch: SimulatedCloudwatch, clock: Clock) {
  return (StreamName: string) => {
    const metric = { namespace: 'AWS/Kinesis', name: 'IncomingRecords', dimensions: { StreamName } };
    cloudwatch.put({ ...metric, value: 1, atMs: clock.now() });
  };
}

/** Lambda writes with the function's role. A role that is gone, as its stack is, may nothing any more. */
function logWriter(logs: SimulatedLogs, { identities, clock }: Pick<Surroundings, 'identities' | 'clock'>) {
  return ({ settings: { roleArn, environment }, stream, line: message }: LoggedLine) => {
    if (roleArn === undefined || !identities.findPrincipal(roleArn)) return;
    const group = environment['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '';
    logs.write({ group, stream, message, atMs: clock.now() }, identities.callerFor(roleArn));
  };
}

/** The stream of contact records, and those that the account has beside it. */
function createDataStreams(kinesis: SimulatedKinesis, { world, state }: AccountOptions): void {
  const { dataStreams = [] } = state ?? {};
  const ofRecords: DataStream = { arn: world.contactRecordStreamArn };
  const streams = dataStreams.some(({ arn }) => arn === ofRecords.arn)
    ? dataStreams
    : [ofRecords, ...dataStreams];
  for (const { arn, shards = 1, ...details } of streams) kinesis.createStream(arn, shards, details);
}

/** The buckets that Amazon Connect writes to, those that the account has beside it, and what bootstrap left. */
function createBuckets(
  s3: SimulatedS3,
  { world: { ivrRecordingsBucket, attachmentsBucket }, state = {} }: AccountOptions,
  { account, identities }: Pick<Surroundings, 'account' | 'identities'>,
): void {
  const usual = { versioned: false, eventBridge: false };
  for (const name of new Set([ivrRecordingsBucket, attachmentsBucket])) {
    if (name !== undefined) s3.createBucket({ name, ...usual });
  }
  for (const { name, keyArn } of state.buckets ?? []) {
    s3.createBucket({ name, ...usual, ...(keyArn !== undefined && { encryption: { keyArn } }) });
  }
  if (state.bootstrap) createBootstrap(state.bootstrap, { account, identities, s3 });
}

/** The streams of earlier calls. Returns their ARNs. */
function createVideoStreams(
  kinesisVideo: SimulatedKinesisVideo,
  { state }: AccountOptions,
  { account: { partition, region, id }, clock }: Pick<Surroundings, 'account' | 'clock'>,
): readonly string[] {
  return (state?.videoStreams ?? []).map(({ name, ...settings }) => {
    const arn = `arn:${partition}:kinesisvideo:${region}:${id}:stream/${name}/${Math.floor(clock.now())}`;
    kinesisVideo.createStream({ arn, ...settings });
    return arn;
  });
}

/** The services that answer over the wire. */
export function wireServices(services: Services): readonly Service[] {
  return Object.values(services).flatMap((one) => ('service' in one ? one.service : []));
}
