import type { AskedPlace } from '../aws/ask-aws.ts';
import { type Days, type PaidByService, paidByService } from '../aws/paid.ts';
import { type Stretch, summedUp, type UsageMetric, usedResources, type UsedResource } from '../aws/usage.ts';
import { type Actual, type Paid, STACK_TAG, type Usage } from './actual-report.ts';
import type { Period } from './cost-options.ts';
import type { StackFacts } from './model/stack-facts.ts';

export interface ActualWish {
  readonly stackName: string;
  readonly facts: StackFacts;
  readonly period: Period;
  /** Whether Cost Explorer may be asked, which costs. */
  readonly isYes: boolean;
}

const DAY_MS = 86_400_000;
/** The indexes of the ledger: what their writes take is counted beside the table's. */
export const LEDGER_INDEXES: readonly string[] = ['open-by-due', 'by-inbox', 'by-caller'];

/** Throws RefusedError if AWS does not let us look. */
export async function actualOf(
  { stackName, facts, period, isYes }: ActualWish,
  { place, nowMs }: { readonly place: AskedPlace; readonly nowMs: number },
): Promise<Actual> {
  const stretch = stretchOf(period, nowMs);
  const days: Days = { from: dayOf(stretch.fromMs), to: dayOf(stretch.toMs) };
  const resources = await usedResources(stackName, place);
  const usage = await usageOf(resources, facts, (metrics) => summedUp(metrics, stretch, place));
  const paid = isYes ? await paidFor(stackName, days, place) : undefined;
  return { ...days, usage, paid, stackName };
}

/** Whole days of UTC: Cost Explorer knows no others. */
export function stretchOf(period: Period, nowMs: number): Stretch {
  const now = new Date(nowMs);
  if (period === '30d') {
    const toMs = Math.floor(nowMs / DAY_MS + 1) * DAY_MS;
    return { fromMs: toMs - 30 * DAY_MS, toMs };
  }
  const firstOf = (month: number) => Date.UTC(now.getUTCFullYear(), month, 1);
  return { fromMs: firstOf(now.getUTCMonth() - 1), toMs: firstOf(now.getUTCMonth()) };
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

async function usageOf(
  resources: readonly UsedResource[],
  { memoryMegabytes }: StackFacts,
  sums: (metrics: readonly UsageMetric[]) => Promise<readonly (number | undefined)[]>,
): Promise<Usage> {
  const bundles = Object.keys(memoryMegabytes);
  const namesOf = (type: string) => resources.filter((one) => one.type === type);
  const functions = namesOf('AWS::Lambda::Function').flatMap(({ logicalId, physicalId }) => {
    const bundle = bundles.find((one) => logicalId.startsWith(`${one.replaceAll('-', '')}Function`));
    return bundle === undefined ? [] : [{ bundle, name: physicalId }];
  });
  const queues = namesOf('AWS::SQS::Queue').map(({ physicalId }) => physicalId.split('/').at(-1) ?? '');
  const tables = namesOf('AWS::DynamoDB::Table').map(({ physicalId }) => physicalId);
  const asked: Record<string, readonly UsageMetric[]> = {
    invocations: functions.map(({ name }) => lambda('Invocations', name)),
    durations: functions.map(({ name }) => lambda('Duration', name)),
    received: queues.map((name) => queue('NumberOfMessagesReceived', name)),
    empty: queues.map((name) => queue('NumberOfEmptyReceives', name)),
    written: tables.flatMap((name) => table('ConsumedWriteCapacityUnits', name)),
    read: tables.flatMap((name) => table('ConsumedReadCapacityUnits', name)),
  };
  const found = await sums(Object.values(asked).flat());
  const valuesOf = (group: string) => {
    const before = Object.keys(asked).slice(0, Object.keys(asked).indexOf(group));
    const from = before.reduce((sum, one) => sum + (asked[one]?.length ?? 0), 0);
    return found.slice(from, from + (asked[group]?.length ?? 0));
  };
  const [invocations, durations] = [valuesOf('invocations'), valuesOf('durations')];
  const used = functions.map(({ bundle }, index) => {
    const gigabytes = (memoryMegabytes[bundle] ?? 128) / 1024;
    const gbSeconds = gigabytes * ((durations[index] ?? 0) / 1000);
    return [bundle, { invocations: invocations[index] ?? 0, gbSeconds }] as const;
  });
  const invocationsOf = (bundle: string) => new Map(used).get(bundle)?.invocations ?? 0;
  return {
    functions: Object.fromEntries(used),
    queueMessages: total(valuesOf('received')),
    emptyReceives: total(valuesOf('empty')),
    writeUnits: total(valuesOf('written')),
    readUnits: total(valuesOf('read')),
    // One event for each recording. Those of the canary are nobody's.
    voicemails: Math.max(0, invocationsOf('start-transcription') - invocationsOf('canary')),
  };
}

function lambda(name: string, FunctionName: string): UsageMetric {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName } };
}

function queue(name: string, QueueName: string): UsageMetric {
  return { namespace: 'AWS/SQS', name, dimensions: { QueueName } };
}

function table(name: string, TableName: string): readonly UsageMetric[] {
  const namespace = 'AWS/DynamoDB';
  return [
    { namespace, name, dimensions: { TableName } },
    ...LEDGER_INDEXES.map((GlobalSecondaryIndexName) => ({
      namespace,
      name,
      dimensions: { TableName, GlobalSecondaryIndexName },
    })),
  ];
}

/** Undefined: there is no value at all. */
function total(values: readonly (number | undefined)[]): number | undefined {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

async function paidFor(stackName: string, days: Days, place: AskedPlace): Promise<readonly Paid[]> {
  const ofStack = await paidByService(days, place, { key: STACK_TAG, value: stackName });
  const ofAccount = await paidByService(days, place);
  return [...listed('stack', ofStack), ...listed('account', ofAccount)];
}

function listed(scope: Paid['scope'], paid: PaidByService): readonly Paid[] {
  return [...paid].map(([service, dollars]) => ({ scope, service, dollars }));
}
