import { wholeBucket } from '../aws/bucket-contents.ts';
import { deleteSecret, deleteTable, itemCount } from '../aws/kept-stores.ts';
import { ledgerEntries } from '../aws/ledger-entries.ts';
import { HELD_FOLDER } from '../../src/domain/object-keys.ts';
import { hasHeldObjects } from '../aws/held-objects.ts';
import { EXIT, RefusedError, type Terminal } from '../command.ts';
import { counted } from '../doctor/counted.ts';
import type { StackResource } from '../doctor/facts/stack.ts';
import type { Look } from '../doctor/look.ts';
import type { Legacy } from '../kept/legacies.ts';
import { ledgerDaysOf } from '../../infra/retention-settings.ts';

/** What is kept when a stack is deleted. */
export interface KeptData {
  readonly buckets: readonly string[];
  readonly tables: readonly string[];
  /** By their ARNs. */
  readonly secrets: readonly string[];
}

export function dataOfResources(kept: readonly StackResource[]): KeptData {
  const ofType = (wanted: string) =>
    kept.filter(({ type }) => type === wanted).map(({ physicalId }) => physicalId);
  return {
    buckets: ofType('AWS::S3::Bucket'),
    tables: ofType('AWS::DynamoDB::Table'),
    secrets: ofType('AWS::SecretsManager::Secret'),
  };
}

export function dataOfLegacy({ things }: Legacy): KeptData {
  const names = (isWanted: (part: string) => boolean) =>
    things.filter(({ part }) => isWanted(part)).map(({ physicalId }) => physicalId);
  return {
    buckets: names((part) => part !== 'ledger' && part !== 'link-secret'),
    tables: names((part) => part === 'ledger'),
    secrets: names((part) => part === 'link-secret'),
  };
}

/** How much would be deleted, and what brings it back. Throws RefusedError, in words. */
export async function dataText({ buckets, tables, secrets }: KeptData, look: Look): Promise<string> {
  const ofBuckets = buckets.map(async (name) => {
    const found = await wholeBucket(name, look).contents();
    if (!found) return `  bucket ${name}: gone already`;
    const { versions, deleteMarkers, uploads } = found;
    return `  bucket ${name}: ${counted(versions, 'version')} of objects, ${counted(deleteMarkers, 'delete marker')}, ${counted(uploads, 'unfinished upload')}`;
  });
  const ofTables = tables.map(async (name) => {
    const count = await itemCount(name, look);
    return `  table ${name}: ${count === undefined ? 'gone already' : `${count} entries`}`;
  });
  return [
    'Would be deleted permanently, with all that callers said:',
    ...(await Promise.all([...ofBuckets, ...ofTables])),
    ...secrets.map((arn) => `  key of links ${arn}`),
    '  Nothing brings them back, but for the ledger: DynamoDB keeps a backup of how it was for 35 days.',
  ].join('\n');
}

const DAY_MS = 86_400_000;

/** Throws RefusedError if the ledger has voicemails that are not at an end. */
export async function refuseWaiting({ tables }: KeptData, look: Look): Promise<void> {
  const { place, now, config } = look;
  for (const table of tables) {
    if ((await itemCount(table, look)) === undefined) continue;
    const retentionMs = ledgerDaysOf(config) * DAY_MS;
    const open = await ledgerEntries(table, { ...place, now, retentionMs }).countOpen();
    if (open === 0) continue;
    throw new RefusedError(
      `${counted(open, 'voicemail')} in ${table} ${open === 1 ? 'is' : 'are'} not delivered yet, so nothing of the data was deleted. To have them delivered, adopt them: npx vmx deploy --adopt. Or say --lose-waiting`,
    );
  }
}

/** Throws RefusedError if something is held: nothing but `vmx release-hold` lets it go. */
export async function refuseHeld({ buckets }: KeptData, look: Look): Promise<void> {
  for (const name of buckets) {
    if (!(await hasHeldObjects(name, look))) continue;
    throw new RefusedError(
      `the bucket ${name} has voicemails that somebody holds, in the folder ${HELD_FOLDER}, so nothing was deleted. Release them with "npx vmx release-hold"; without the stack, have it adopt them first: npx vmx deploy --adopt`,
    );
  }
}

/**
 * Deletes it. What cannot be deleted is named, and the rest goes. Returns the exit code. Running it again goes on from
 * where it was broken off.
 */
export async function deleteData(
  { buckets, tables, secrets }: KeptData,
  { look, terminal }: { readonly look: Look; readonly terminal: Terminal },
): Promise<number> {
  const failures: string[] = [];
  const attempt = async (name: string, work: () => Promise<void>) => {
    try {
      await work();
      terminal.out(`  deleted: ${name}`);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      failures.push(`  ✖ ${name}: ${error.message}`);
    }
  };
  for (const name of buckets) {
    await attempt(`bucket ${name}`, async () => {
      const refused = await wholeBucket(name, look).remove();
      if (refused === 0) return;
      const what = counted(refused, 'version');
      throw new RefusedError(`${what} of objects could not be deleted, and the bucket stays with them`);
    });
  }
  for (const name of tables) await attempt(`table ${name}`, () => deleteTable(name, look));
  for (const arn of secrets) await attempt(`key of links ${arn}`, () => deleteSecret(arn, look));
  if (failures.length === 0) return EXIT.ok;
  terminal.err(['Not all of the data could be deleted:', ...failures].join('\n'));
  terminal.err('Mend what the reasons name, and run it again with --delete-data.');
  return EXIT.findings;
}
