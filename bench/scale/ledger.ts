import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ledgerEntries } from '../../cli/aws/ledger-entries.ts';
import { ledger } from '../../src/adapters/ledger.ts';
import { startStack } from '../../test/faults/cloud.ts';

/** As many are not at an end as are left in a busy minute, however many are. */
const OPEN = 60;
const OVERDUE = 10;
const BATCH = 25;

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
      if (service !== 'dynamodb' || !['Query', 'Scan', 'GetItem'].includes(operation)) return;
      read.calls += 1;
      if (operation === 'GetItem') read.items += 1;
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
    'vmx list': () => known.list({ isAll: false, isOpen: true, names: ['parked'] }, 0),
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

/** The `left`th from the end. */
function put(left: number, nowMs: number) {
  const isOpen = left <= OPEN;
  const dueAtMs = nowMs + (left <= OVERDUE ? -60_000 : 3_600_000);
  const item = {
    contactId: randomUUID(),
    schemaVersion: 1,
    state: isOpen ? 'transcribing' : 'delivered',
    ...(isOpen ? { open: '1', dueAtMs } : { deliveredAs: 'task' }),
    attempts: 0,
    voicemail: { from: '+15555550142', endedAtMs: nowMs },
  };
  return { PutRequest: { Item: item } };
}
