import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Asker, Unseen } from '../../aws/asker.ts';
import { changeSetOf } from '../../aws/change-set.ts';
import { asDeployRole } from '../../aws/deploy-role.ts';
import { stackDeletion } from '../../aws/stack-deletion.ts';
import { importIntoStack } from '../../aws/stack-import.ts';
import { tableIndexes } from '../../aws/table-indexes.ts';
import { RefusedError, type Terminal } from '../../command.ts';
import { stack } from '../../doctor/facts/stack.ts';
import type { Look } from '../../doctor/look.ts';
import type { Legacy } from '../../kept/legacies.ts';
import { agrees, type Prompter } from '../../prompter.ts';
import { watchDeletion } from '../../uninstall/watch-deletion.ts';
import { bootstrapRolesIn, inPartition } from '../bootstrap-roles.ts';
import { type IndexStep, indexSteps, withoutIndexes } from '../indexes/index-steps.ts';
import { type Adoption, adoptionOf } from './import-template.ts';

interface Adopting {
  readonly look: Look;
  readonly terminal: Terminal;
  /** Undefined: nobody is asked. */
  readonly prompter: Prompter | undefined;
  readonly assemblyFolder: string;
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}

/**
 * Makes the stack of what an earlier one left behind, and of nothing else: the deployment that follows is an update,
 * and if it breaks off, the next one goes on from there. Throws RefusedError if the new stack cannot take it, or the
 * person does not agree.
 */
export async function adoptLegacy(legacy: Legacy, work: Adopting): Promise<void> {
  const { look, assemblyFolder, terminal, prompter } = work;
  const file = join(assemblyFolder, `${look.stackName}.template.json`);
  const adoption = await withItsIndexes(adoptionOf(legacy, JSON.parse(readFileSync(file, 'utf8'))), look);
  terminal.out(adoptionText(adoption, look.stackName));
  if (prompter && !(await agrees(prompter, 'Take it in?'))) {
    throw new RefusedError('stopped: nothing was changed');
  }
  await takeIn(adoption, work);
  for (const { part, physicalId } of adoption.adopted) terminal.out(`  adopted: ${part}, ${physicalId}`);
}

/** A table of an earlier version lacks indexes: the deployment that follows makes them. */
async function withItsIndexes({ template, adopted }: Adoption, look: Look): Promise<Adoption> {
  const text = JSON.stringify(template);
  const { kept: all } = indexSteps(text, text);
  const missing: IndexStep[] = [];
  for (const { logicalId, physicalId } of adopted) {
    const steps = all.filter((step) => step.logicalId === logicalId);
    if (steps.length === 0) continue;
    const { stateOf } = await tableIndexes(physicalId, look).catch(refused);
    missing.push(...steps.filter(({ index }) => stateOf(index) === 'gone'));
  }
  if (missing.length === 0) return { template, adopted };
  return { template: Template.parse(JSON.parse(withoutIndexes(text, missing))), adopted };
}

const Template = z.record(z.string(), z.unknown());

function refused(error: unknown): never {
  if (!(error instanceof Unseen)) throw error;
  throw new RefusedError(`it must be seen which indexes the ledger has: ${error.message}`, { cause: error });
}

function adoptionText({ adopted }: Adoption, stackName: string): string {
  return [
    `\nThe stack ${stackName} would take in what an earlier one left behind, before anything else is made:`,
    ...adopted.map(
      ({ part, type, logicalId, physicalId }) => `  adopted: ${part} (${type}, ${logicalId}): ${physicalId}`,
    ),
  ].join('\n');
}

/** With the roles that CDK deploys with. */
async function takeIn({ template, adopted }: Adoption, work: Adopting): Promise<void> {
  const { look, assemblyFolder, wait, clock } = work;
  const roles = bootstrapRolesIn(assemblyFolder, look.stackName);
  const deployRole = inPartition(roles.deployRoleArn, look.home.partition);
  const roleArn = inPartition(roles.executionRoleArn, look.home.partition);
  const deployer = deployRole === undefined ? look : await asDeployRole(deployRole, look, { wait, clock });
  await removeEmptyStack(deployer, work);
  await importIntoStack({ stackName: look.stackName, template, resources: adopted, roleArn }, deployer, wait);
}

/** A stack whose first deployment or import failed takes nothing in, and has nothing that could be lost. */
async function removeEmptyStack(deployer: Asker, { look, terminal, wait, clock }: Adopting): Promise<void> {
  const found = await stack(look);
  if (!found || found.status === 'REVIEW_IN_PROGRESS') return;
  const { stackName, home } = look;
  await changeSetOf(stackName, '', { asker: deployer, wasProtected: found.isProtected }).release();
  const deletion = stackDeletion(found.arn, deployer);
  await deletion.begin();
  await watchDeletion(deletion, { terminal, stackName, region: home.region, total: undefined, wait, clock });
}
