import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ledgerEntries } from '../../cli/aws/ledger-entries.ts';
import { ledger } from '../../src/adapters/ledger.ts';
import { timeKey } from '../../src/domain/ledger-indexes.ts';
import { startStack } from '../../test/faults/cloud.ts';

/** As many are not at an end as are left in a busy minute, however many are. */
const OPEN = 60;
const OVERDUE = 10;
const BATCH = 25;

/** A page of a list. */
const PAGE = 50;
const WAITING = { stages: ['unheard', 'heard', 'taken'], limit: PAGE } as const;
/** Whom the delivered ones wait for: all of them do. */
const QUEUES = 20;
/** As many voicemails of each. */
const OF_ONE_CALLER = 100;

interface Read {
  calls: number;
  pages: number;
  items: number;
}

/** What the sweep and the commands of `vmx` read of a ledger with so many entries, a line each. */
export async function measureLedger(entries: number): Promise<readonly string[]> {
  const read: Read = { calls: 0, pages: 0, items: 0 };
  const simulator = await startStack({
    onAnswer: ({ service, operation, answer: { body } }) => {
      if (service !== 'dynamodb' || !['Query', 'Scan', 'GetItem', 'BatchGetItem'].includes(operation)) return;
      read.calls += 1;
      if (operation === 'GetItem') read.items += 1;
      else if (operation === 'BatchGetItem') read.items += PAGE;
      else {
        read.pages += 1;
        read.items += Number(/"ScannedCount":(\d+)/.exec(typeof body === 'string' ? body : '')?.[1] ?? 0);
      }
    },
  });
  const { endpoint, credentials, clock, deployment } = simulator;
  const place = { endpoint, credentials, region: 'us-east-1' };
  const dynamodb = new DynamoDBClient(place);
  const [table] = Object.values(deployment.tables);
  const tableName = table?.name ?? '';
  await fill(dynamodb, { tableName, entries, nowMs: clock.now() });
  const asked = { retentionMs: 86_400_000, now: clock.now };
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  const steps = ledger(dynamodb, { tableName, ...asked });
  const known = ledgerEntries(tableName, { endpoint, region: place.region, ...asked });
  const everything = { isAll: true, isOpen: true, names: [] };
  const commands: Readonly<Record<string, () => Promise<unknown>>> = {
    'sweep, 10 overdue': () => steps.findOverdue(clock.now(), undefined),
    'vmx show': () => known.find('c0ffee00-0000-4000-8000-000000000000'),
    'vmx uninstall, how many are on their way': known.countOpen,
    'vmx list --state open': () => known.list({ isAll: false, isOpen: true, names: [] }, 0),
    'vmx list --state open,parked': () => known.list({ isAll: false, isOpen: true, names: ['parked'] }, 0),
    'vmx list --waiting, of all': async () => known.findAll(await known.inbox.waiting(WAITING)),
    'vmx list --waiting, of one queue': async () =>
      known.findAll(await known.inbox.waiting({ ...WAITING, recipient: queueOf(7) })),
    'vmx list --from': async () => known.findAll(await known.inbox.ofCaller(callerOf(7), PAGE)),
    'vmx hold --from, vmx list --state all': () => known.list(everything, 0),
  };
  const lines: string[] = [];
  for (const [name, run] of Object.entries(commands)) {
    Object.assign(read, { calls: 0, pages: 0, items: 0 });
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    const { calls, pages, items } = read;
    const ms = ((user + system) / 1000).toFixed(0);
    lines.push(`${entries} entries; ${name}: ${calls} calls, ${pages} pages, ${items} items, ${ms} ms`);
  }
  dynamodb.destroy();
  await simulator.close();
  return lines;
}

/**
 * Delivered ones, and at last `OPEN` that are on their way: the stack's own sweep runs every minute, and takes those
 * that are overdue. Entries of callers are larger, and so have more pages.
 */
async function fill(
  dynamodb: DynamoDBClient,
  { tableName, entries, nowMs }: { tableName: string; entries: number; nowMs: number },
): Promise<void> {
  const client = DynamoDBDocumentClient.from(dynamodb);
  for (let at = 0; at < entries; at += BATCH) {
    const requests = Array.from({ length: Math.min(BATCH, entries - at) }, (_, index) =>
      put(entries - at - index, nowMs),
    );
    await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
  }
}

function queueOf(index: number): string {
  return `arn:aws:connect:us-east-1:111122223333:instance/i/queue/${index % QUEUES}`;
}

function callerOf(index: number): string {
  return `+1555${String(Math.floor(index / OF_ONE_CALLER)).padStart(7, '0')}`;
}

/** The `left`th from the end. */
function put(left: number, nowMs: number) {
  const isOpen = left <= OPEN;
  const dueAtMs = nowMs + (left <= OVERDUE ? -60_000 : 3_600_000);
  const item = {
    contactId: randomUUID(),
    schemaVersion: 1,
    state: isOpen ? 'transcribing' : 'delivered',
    ...(isOpen ? { open: '1', dueAtMs } : delivered(left, nowMs - left)),
    attempts: 0,
    caller: callerOf(left),
    callEndedAtMs: nowMs - left,
    voicemail: { from: callerOf(left), endedAtMs: nowMs - left },
  };
  return { PutRequest: { Item: item } };
}

function delivered(left: number, endedAtMs: number) {
  const inboxPlace = `${queueOf(left)}#0#${timeKey(endedAtMs)}`;
  return { deliveredAs: 'task', recipientArn: queueOf(left), inbox: 'waiting', inboxPlace };
}
