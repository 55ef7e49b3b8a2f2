import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Happening } from '../../simulator/happenings.ts';
import type { SimulatorOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { DeliveryMode } from '../../src/domain/delivery-mode.ts';
import { spokenNoise } from '../e2e/spoken-noise.ts';
import { startStack, untilSettled } from '../faults/cloud.ts';

/** Of each function: how often it was invoked, and its calls by service and operation. */
export type Counted = Readonly<
  Record<string, { readonly invocations: number; readonly calls: Readonly<Record<string, number>> }>
>;

/** What one voicemail left, in bytes. */
export interface Volumes {
  readonly recording: number;
  readonly transcript: number;
  /** What Kinesis Video Streams has of the call. */
  readonly media: number;
  readonly ledgerEntry: number;
  readonly logs: number;
}

const HOUR_MS = 3_600_000;
/** What CloudWatch Logs adds to each event. Source: CloudWatch Logs API reference, PutLogEvents. */
const EVENT_BYTES = 26;
const Fragments = z.object({ Fragments: z.array(z.object({ FragmentSizeInBytes: z.number() })) });

/** People speak 130 words a minute. */
function wordsOf(seconds: number): string {
  return Array.from({ length: Math.round((seconds * 130) / 60) }, (_, index) => `word${index}`).join(' ');
}

/** The stack in simulated time, and what voicemails in it are counted by. Each message has these seconds. */
export async function startCounting(seconds: number, options: Partial<SimulatorOptions> = {}) {
  const happenings: Happening[] = [];
  let mediaBytes = 0;
  const simulator = await startStack({
    recognizer: createStandInRecognizer(wordsOf(seconds)),
    // One that is there at once overtakes the note of its job, and costs a delivery more calls.
    delays: { transcriptionMs: 5_000 },
    ...options,
    onAnswer({ operation, answer: { status, body } }) {
      if (operation !== 'ListFragments' || status !== 200 || typeof body !== 'string') return;
      const { Fragments: listed } = Fragments.parse(JSON.parse(body));
      mediaBytes = listed.reduce((sum, one) => sum + one.FragmentSizeInBytes, 0);
    },
  });
  simulator.happenings.listen((one) => void happenings.push(one));

  return {
    simulator,
    counted: (contactId: string) => countedFor(happenings, simulator, contactId),
    /** What happens until `act` and all that follows from it is done, whatever it is about. */
    during: async (act: () => Promise<unknown>): Promise<Counted> => {
      const from = happenings.length;
      await act();
      return countedIn(happenings.slice(from), simulator);
    },
    /** Returns its contact id when it is delivered. */
    voicemail: async (mode: DeliveryMode): Promise<string> => {
      const { contactId } = simulator.connect.placeCall({
        from: '+15555550142',
        audio: spokenNoise(seconds),
        attributes: { vmx3_mode: mode },
      });
      await untilSettled(simulator, [contactId], HOUR_MS);
      return contactId;
    },
    volumes: async (contactId: string): Promise<Volumes> => {
      return {
        ...objectsOf(happenings, contactId),
        media: mediaBytes,
        ledgerEntry: await ledgerBytes(simulator, contactId),
        logs: await logBytes(simulator, happenings, contactId),
      };
    },
  };
}

function countedFor(happenings: readonly Happening[], simulator: Simulator, contactId: string): Counted {
  const own = happenings.filter((one) => 'about' in one && one.about.includes(contactId));
  return countedIn(own, simulator);
}

/** Calls of functions, and their invocations, by the names of their bundles. */
function countedIn(happenings: readonly Happening[], { deployment }: Simulator): Counted {
  const found = new Map<string, { invocations: number; calls: Record<string, number> }>();
  const of = (id: string) => {
    const bundle = bundleOf(id, deployment);
    const known = found.get(bundle) ?? { invocations: 0, calls: {} };
    found.set(bundle, known);
    return known;
  };
  for (const one of happenings) {
    if (one.kind === 'invocation') of(one.functionId).invocations += 1;
    if (one.kind !== 'api-call' || !(one.caller in deployment.functions)) continue;
    const { calls } = of(one.caller);
    const name = `${one.service} ${one.operation}`;
    calls[name] = (calls[name] ?? 0) + 1;
  }
  return Object.fromEntries(found);
}

const BUNDLES = [
  'contact-records',
  'deliver-voicemail',
  'open-recording',
  'save-recording',
  'show-voicemail',
  'start-transcription',
  'sweep',
  'transcription-failed',
];

function bundleOf(id: string, { idOf }: Simulator['deployment']): string {
  const found = BUNDLES.find((bundle) => idOf('AWS::Lambda::Function', bundle) === id);
  if (found === undefined) throw new Error(`no bundle has the function ${id}`);
  return found;
}

function objectsOf(happenings: readonly Happening[], contactId: string) {
  const sizeOf = (ending: string) =>
    happenings.reduce(
      (sum, one) =>
        one.kind === 'object-created' && one.key.endsWith(`${contactId}${ending}`) ? one.sizeBytes : sum,
      0,
    );
  return { recording: sizeOf('.wav'), transcript: sizeOf('.json') };
}

async function ledgerBytes({ endpoint, credentials, deployment }: Simulator, contactId: string) {
  const dynamodb = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
  const TableName = deployment.outputs['LedgerTable'];
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName, Key: { contactId: { S: contactId } } }),
  );
  return JSON.stringify(Item).length;
}

/**
 * All lines of the functions that worked on it, with those of Lambda itself: metrics are lines that name no voicemail.
 * So it has to be the first one.
 */
async function logBytes(
  { endpoint, credentials, deployment }: Simulator,
  happenings: readonly Happening[],
  contactId: string,
): Promise<number> {
  const client = new CloudWatchLogsClient({ endpoint, credentials, region: 'us-east-1' });
  const functions = new Set(
    happenings.flatMap((one) =>
      one.kind === 'invocation' && one.about.includes(contactId) ? one.functionId : [],
    ),
  );
  let bytes = 0;
  for (const id of functions) {
    const logGroupName = deployment.physicalId(
      deployment.idOf('AWS::Logs::LogGroup', bundleOf(id, deployment)),
    );
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName })) {
      for (const { message = '' } of events) bytes += Buffer.byteLength(message) + EVENT_BYTES;
    }
  }
  return bytes;
}
