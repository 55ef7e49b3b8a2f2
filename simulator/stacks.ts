import type { Account } from './account.ts';
import type { StackOptions } from './options.ts';
import { onlyStackIn, readAssembly } from './template/assembly.ts';
import type { Cloud } from './template/cloud.ts';
import { deployStack } from './template/deploy.ts';
import type { Deployment } from './template/deployment.ts';
import { TemplateError } from './template/template-error.ts';
import type { ForeignStack } from './world/account-state.ts';

/** The stacks of an account. */
export interface Stacks {
  /**
   * Deploys a synthesized stack. Throws TemplateError if it cannot be deployed, or there is a stack of that
   * name.
   */
  readonly deploy: (stack: StackOptions) => Promise<Deployment>;
  readonly all: () => readonly KnownStack[];
}

/** A stack that was deployed here, with what it was made of. */
type KnownStack = Deployment & {
  readonly createdAtMs: number;
  /** As the assembly has it. */
  readonly template: unknown;
  readonly description?: string;
};

export function createStacks({
  account,
  foreign = [],
  cloud,
  onClose,
}: {
  account: Account;
  /** Stacks that were deployed by others: their names are taken. */
  foreign?: readonly ForeignStack[];
  cloud: Cloud;
  /** Gets the functions that stop what a stack runs in the background. */
  onClose: (closer: () => unknown) => void;
}): Stacks {
  const deployed = new Map<string, KnownStack>();
  const taken = foreign.filter(({ status }) => status !== 'DELETE_COMPLETE').map(({ name }) => name);
  return {
    async deploy({ assemblyFolder, stackName = onlyStackIn(assemblyFolder), parameters, templatePatch }) {
      if (deployed.has(stackName) || taken.includes(stackName))
        throw new TemplateError(`there is already a stack ${stackName}`);
      const createdAtMs = cloud.clock.now();
      const assembly = readAssembly(assemblyFolder, stackName, templatePatch);
      const deployment = await deployStack({
        assembly,
        stackName,
        account,
        ...(parameters && { parameters }),
        cloud,
      });
      onClose(deployment.stop);
      const {
        source: template,
        template: { Description: description },
      } = assembly;
      deployed.set(stackName, {
        ...deployment,
        createdAtMs,
        template,
        ...(description !== undefined && { description }),
      });
      return deployment;
    },
    all: () => [...deployed.values()],
  };
}
