import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { type Clock, createClock } from './clock.ts';
import { createControl, type Control } from './control/control.ts';
import { CONTROL_PATH } from './control/control-schema.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { createGateway, type Gateway, type OpenHead } from './gateway/gateway.ts';
import type { Credentials } from './gateway/callers.ts';
import { createIdentities, type Identities } from './gateway/iam.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import type { AccountOptions, SimulatorOptions, StackOptions } from './options.ts';
import { createRecognizer } from './recognizer/create-recognizer.ts';
import type { Service } from './service.ts';
import { createServices, type Services, wireServices } from './services.ts';
import { instanceParts } from './services/connect/world.ts';
import { HTTP_API_PREFIX } from './services/api-gateway/http-apis.ts';
import { FUNCTION_URL_PREFIX } from './services/lambda/function-urls.ts';
import { isGone } from './stacks/stack-record.ts';
import { createStacks, deploymentIn, type Stacks } from './stacks/stacks.ts';
import type { Deployment } from './template/deployment.ts';

/**
 * Node cuts small buffers from blocks of this size, and keeps a block as long as any of its pieces. Tables, records and
 * messages are small buffers that stay: with Node's 64 KiB each voicemail kept two blocks.
 */
const BUFFER_BLOCK_BYTES = 4096;

/** An account, with or without stacks in it. */
export interface SimulatedAccount extends Pick<
  Services,
  'cloudwatch' | 'connect' | 'eventBridge' | 'kinesis' | 'lambda' | 's3' | 'ses' | 'sqs' | 'transcribe'
> {
  /** The URL of the gateway, for `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  readonly account: Account;
  /** The administrator's: every call is allowed, unless the world says otherwise. */
  readonly credentials: Credentials;
  /** Adds a role beside those of stacks, with a session of it. */
  readonly addRole: Identities['addRole'];
  /** The permissions of the stacks' roles, and which were used so far. */
  readonly grants: Identities['grants'];
  readonly clock: Clock;
  readonly happenings: Happenings;
  /** The services that answer over the wire. */
  readonly services: readonly Service[];
  /** Deploys a synthesized stack. */
  readonly deploy: Stacks['deploy'];
  /** A stack that is deployed, by whatever way. Throws TemplateError if there is none. */
  readonly deployed: (stackName: string) => Deployment;
  /** The stacks that are there now. */
  readonly stackNames: () => readonly string[];
  /** What programs on this machine may ask beside AWS's API. */
  readonly control: Pick<Control, 'use'>;
  /** The faults to inject, and how often each was injected. */
  readonly faults: Faults;
  /** Ends everything: no worker, socket or timer is left. */
  readonly close: () => Promise<void>;
}

/** An account with the stack that it was started with. */
export interface Simulator extends SimulatedAccount {
  readonly deployment: Deployment;
}

/**
 * AWS and Amazon Connect in one process on loopback: an account with one Amazon Connect
 * instance, and with the synthesized stack of `assemblyFolder` if there is one.
 *
 * Throws TemplateError if the stack cannot be deployed, and the system's error if a port is taken; then
 * nothing is left running.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator>;
export async function startSimulator(options: AccountOptions): Promise<SimulatedAccount>;
export async function startSimulator(
  options: AccountOptions & Partial<StackOptions>,
): Promise<SimulatedAccount> {
  Buffer.poolSize = BUFFER_BLOCK_BYTES;
  const closers: (() => unknown)[] = [];
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeAll(closers.toReversed()));
  try {
    const started = await start(options, (closer) => void closers.push(closer));
    const { assemblyFolder } = options;
    if (assemblyFolder === undefined) return { ...started, close };
    const deployment = await started.deploy({ ...options, assemblyFolder });
    return Object.assign({ ...started, close }, { deployment });
  } catch (error) {
    await close();
    throw error;
  }
}

/** If one fails, the others are still closed. */
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

/** Functions that are passed to `onClose` are called at the end, the last one first. */
type OnClose = (closer: () => unknown) => void;

async function start(options: AccountOptions, onClose: OnClose): Promise<Omit<SimulatedAccount, 'close'>> {
  const account = accountOf(options);
  const folder = await stateFolder(options.folder, onClose);
  const identities = createIdentities(account, options.state?.administrator);
  const happenings = createHappenings();
  const clock = createClock(options.time ?? 'real');
  const faults = createFaults(options.faults);
  const services = createServices(options, {
    account,
    identities,
    clock,
    happenings,
    disorder: faults.disorder,
    recognizer: options.recognizer ?? ownRecognizer(onClose, { clock, happenings }),
    folder,
    endpoints: () => gateway,
    stacks: () => stacks,
  });
  const answering = wireServices(services);
  const endpointLater = () => gateway.endpoint;
  const parts = { ...services, clock, happenings, endpoint: endpointLater };
  const control = createControl({ ...parts, stacks: () => stackNames() });
  // A port can be taken: then everything that was started is closed, in the same order as at the end.
  const opened: Gateway[] = [];
  onClose(() => Promise.all(opened.map((one) => one.close())));
  onClose(services.lambda.close);
  onClose(clock.stop);
  const gateway: Gateway = await createGateway({
    clock,
    happenings,
    identities,
    services: answering,
    open: openDoors(services, control),
    ...(options.port !== undefined && { port: options.port }),
    interfere: (call) => options.interfere?.(call) ?? faults.interfere(call),
    invocationOf: services.lambda.invocationOf,
    ...(options.onAnswer && { onAnswer: options.onAnswer }),
  });
  opened.push(gateway);
  const { endpoint } = gateway;
  const cloud = { ...services, clock, identities, endpoint: endpointLater };
  const stacks = createStacks({
    ...(options.stackPace && { pace: options.stackPace }),
    account,
    cloud,
    onClose,
    resourceMs: options.delays?.resourceMs,
    ...(options.state?.stacks && { foreign: options.state.stacks }),
  });
  const stackNames = () => namesOf(stacks);
  return {
    ...services,
    endpoint,
    stackNames,
    account,
    credentials: identities.administrator,
    addRole: identities.addRole,
    grants: identities.grants,
    clock,
    happenings,
    services: answering,
    deploy: stacks.deploy,
    control: { use: control.use },
    deployed: (stackName) => deploymentIn(stacks.require(stackName)),
    faults,
  };
}

function openDoors({ httpApis, lambda }: Services, control: Control) {
  return [
    { isFor: httpApis.isOwnDomain, answer: httpApis.openDomain },
    { isFor: below(FUNCTION_URL_PREFIX), answer: lambda.openUrl },
    { isFor: below(HTTP_API_PREFIX), answer: httpApis.open },
    { isFor: below(CONTROL_PATH), answer: control.answer },
  ];
}

const below = (prefix: string) => (request: OpenHead) => request.path.startsWith(prefix);

/** Of the stacks that are there. */
function namesOf(stacks: Stacks): readonly string[] {
  return stacks.all().flatMap((one) => (isGone(one) ? [] : [one.name]));
}

function accountOf({ world }: AccountOptions): Account {
  const { accountId, region, partition } = instanceParts(world);
  return { id: accountId, region, partition };
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

/** Loads while the rest of the simulator starts. If it cannot be loaded, every job fails with the reason. */
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
