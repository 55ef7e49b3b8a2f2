import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Asker, createAsker } from '../../aws/asker.ts';
import { inRole } from '../../aws/deploy-role.ts';
import { stackDeletion } from '../../aws/stack-deletion.ts';
import { importIntoStack } from '../../aws/stack-import.ts';
import type { Terminal } from '../../command.ts';
import { stack } from '../../doctor/facts/stack.ts';
import type { Look } from '../../doctor/look.ts';
import type { Legacy } from '../../kept/legacies.ts';
import { watchDeletion } from '../../uninstall/watch-deletion.ts';
import type { ResourceChange } from '../changes.ts';
import type { StackToolkit } from '../stack-toolkit.ts';
import { type Adoption, adoptionOf } from './import-template.ts';

interface Adopting {
  readonly look: Look;
  /** A look that has seen nothing yet. */
  readonly lookAgain: () => Look;
  readonly terminal: Terminal;
  readonly assemblyFolder: string;
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}

/**
 * A toolkit whose deployment makes the stack of what an earlier one left behind, and then updates it. If it breaks off
 * in between, the next deployment is an update. Throws RefusedError if the new stack cannot take it.
 */
export function adoptingToolkit(toolkit: StackToolkit, legacy: Legacy, work: Adopting): StackToolkit {
  const { look, assemblyFolder, terminal } = work;
  const file = join(assemblyFolder, `${look.stackName}.template.json`);
  const adoption = adoptionOf(legacy, JSON.parse(readFileSync(file, 'utf8')));
  return {
    async changes() {
      const changes = await toolkit.changes();
      return { ...changes, resources: changes.resources.map((one) => asAdopted(one, adoption)) };
    },
    async deploy() {
      await adopt(adoption, work);
      for (const { part, physicalId } of adoption.adopted) terminal.out(`  adopted: ${part}, ${physicalId}`);
      return await toolkit.deploy();
    },
  };
}

function asAdopted(change: ResourceChange, { adopted }: Adoption): ResourceChange {
  const found = adopted.find(({ logicalId }) => logicalId === change.logicalId);
  return found ? { ...change, kind: 'adopted', physicalId: found.physicalId } : change;
}

const Manifest = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      properties: z
        .looseObject({
          assumeRoleArn: z.string().optional(),
          cloudFormationExecutionRoleArn: z.string().optional(),
        })
        .prefault({}),
    }),
  ),
});

/** With the roles that CDK deploys with. */
async function adopt({ template, adopted }: Adoption, work: Adopting): Promise<void> {
  const { look, assemblyFolder, wait, clock } = work;
  const manifest: unknown = JSON.parse(readFileSync(join(assemblyFolder, 'manifest.json'), 'utf8'));
  const { properties } = Manifest.parse(manifest).artifacts[look.stackName] ?? { properties: {} };
  const arn = (role: string | undefined) => role?.replace(`\${AWS::Partition}`, look.home.partition);
  const [deployRole, roleArn] = [
    arn(properties.assumeRoleArn),
    arn(properties.cloudFormationExecutionRoleArn),
  ];
  const place = deployRole === undefined ? look.place : await inRole(deployRole, look);
  const deployer = createAsker(place, { wait, clock });
  await removeEmptyStack(deployer, work);
  await importIntoStack({ stackName: look.stackName, template, resources: adopted, roleArn }, deployer, wait);
}

/** A stack whose first deployment or import failed takes nothing in, and has nothing that could be lost. */
async function removeEmptyStack(
  deployer: Asker,
  { lookAgain, terminal, wait, clock }: Adopting,
): Promise<void> {
  const look = lookAgain();
  const found = await stack(look);
  if (!found || found.status === 'REVIEW_IN_PROGRESS') return;
  const deletion = stackDeletion(found.arn, deployer);
  await deletion.begin();
  const { stackName, home } = look;
  await watchDeletion(deletion, { terminal, stackName, region: home.region, total: undefined, wait, clock });
}
