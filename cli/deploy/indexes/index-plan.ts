import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Unseen } from '../../aws/asker.ts';
import { type IndexState, tableIndexes } from '../../aws/table-indexes.ts';
import { RefusedError } from '../../command.ts';
import { counted } from '../../doctor/counted.ts';
import { stackResources } from '../../doctor/facts/stack.ts';
import { templateText } from '../../doctor/facts/stack-template.ts';
import type { Look } from '../../doctor/look.ts';
import { differsInIndexesAlone, type IndexStep, type IndexSteps, indexSteps } from './index-steps.ts';
import type { StackChanges } from '../changes.ts';

/** What a deployment does with indexes of tables that are there. */
export interface IndexPlan extends Pick<IndexSteps, 'added' | 'removed'> {
  /** Those that a deployment which was broken off has made, and that cannot be read yet. */
  readonly unready: readonly IndexStep[];
  /** The templates, for the tables in them; as CloudFormation gives the deployed one back. */
  readonly deployed: string;
  readonly wanted: string;
  /** The name of a table, by its logical id. */
  readonly tableNames: ReadonlyMap<string, string>;
  readonly itemCount: number;
}

const NO_STEPS: IndexSteps = { added: [], removed: [], kept: [] };

/** Undefined: there is no table whose indexes must be looked at, or AWS does not let us look. */
export async function indexPlan(
  assemblyFolder: string,
  { look, note }: { readonly look: Look; readonly note: (sentence: string) => void },
): Promise<IndexPlan | undefined> {
  const wanted = readFileSync(join(assemblyFolder, `${look.stackName}.template.json`), 'utf8');
  let steps: IndexSteps = NO_STEPS;
  try {
    const deployed = await templateText(look);
    steps = indexSteps(deployed, wanted);
    const all = [...steps.added, ...steps.removed, ...steps.kept];
    const ids = new Set(all.map(({ logicalId }) => logicalId));
    if (ids.size === 0) return undefined;
    const resources = (await stackResources(look)).filter(({ logicalId }) => ids.has(logicalId));
    const tableNames = new Map(resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
    const tables = await Promise.all(
      [...tableNames].map(async ([id, name]) => [id, await tableIndexes(name, look)] as const),
    );
    const stateOf = ({ logicalId, index }: IndexStep) => new Map(tables).get(logicalId)?.stateOf(index);
    for (const step of steps.added) refuseUnknown(step, stateOf(step), tableNames);
    const unready = steps.kept.filter((step) => stateOf(step) !== 'ready');
    const itemCount = Math.max(0, ...tables.map(([, table]) => table.itemCount));
    const { added, removed } = steps;
    return { added, removed, unready, deployed, wanted, tableNames, itemCount };
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    if (steps.added.length + steps.removed.length > 0) {
      throw new RefusedError(
        `the ledger's indexes change one at a time, and it must be seen when one is ready: ${error.message}. Nothing was changed. npx vmx deployer-policy prints what is needed`,
        { cause: error },
      );
    }
    note(`Not looked at: whether the ledger's indexes are ready: ${error.message}.`);
    return undefined;
  }
}

/** CloudFormation leaves an index behind if an update is undone while DynamoDB makes it. */
function refuseUnknown(
  { logicalId, index }: IndexStep,
  state: IndexState | undefined,
  names: ReadonlyMap<string, string>,
): void {
  if (state === undefined || state === 'gone') return;
  const name = names.get(logicalId) ?? logicalId;
  throw new RefusedError(
    `the table ${name} has an index ${index}, and the deployed stack does not know it, so CloudFormation could not make it: nothing was changed. Delete it, wait until it is gone, and run this again:\n  aws dynamodb update-table --table-name ${name} --global-secondary-index-updates '[{"Delete":{"IndexName":"${index}"}}]'`,
  );
}

/** Items that DynamoDB puts into an index in a minute. A guess, on the slow side. */
const ITEMS_A_MINUTE = 50_000;
/** To make room for one. Public reports of small tables: some minutes. */
const ROOM_MINUTES = 5;

/** What a person must know of the steps before agreeing. Undefined: there is one step alone. */
export function stepsText({ added, removed, itemCount }: IndexPlan): string | undefined {
  const others = added.length + removed.length;
  if (others === 0) return undefined;
  const minutes = ROOM_MINUTES + Math.ceil(itemCount / ITEMS_A_MINUTE);
  const lines = [
    ...added.map(({ index }) => `the ledger gets the index ${index}: about ${minutes} minutes`),
    'all of the above, the ledger aside',
    ...removed.map(({ index }) => `the ledger loses the index ${index}: about ${ROOM_MINUTES} minutes`),
  ];
  return [
    `It happens in ${counted(others + 1, 'step')}, because DynamoDB changes one index of a table at a time:`,
    ...lines.map((line, at) => `  ${at + 1}. ${line}`),
    `The ledger has about ${counted(itemCount, 'entry', 'entries')}. Voicemails go on meanwhile. After Ctrl+C, run it again: what is done is not done again.`,
  ].join('\n');
}

/**
 * The changes as they come about: by the template alone, a table with more definitions of attributes may be replaced;
 * one that differs in indexes alone is not.
 */
export function withoutFalseAlarm(changes: StackChanges, plan: IndexPlan | undefined): StackChanges {
  if (!plan) return changes;
  const resources = changes.resources.map((one) =>
    one.kind === 'may be replaced' && differsInIndexesAlone(plan.deployed, plan.wanted, one.logicalId)
      ? { ...one, kind: 'changed' as const }
      : one,
  );
  return { ...changes, resources };
}
