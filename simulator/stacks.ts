import type { Account } from './account.ts';
import type { StackOptions } from './options.ts';
import { onlyStackIn, readAssembly } from './template/assembly.ts';
import type { Cloud } from './template/cloud.ts';
import { deployStack } from './template/deploy.ts';
import type { Deployment } from './template/deployment.ts';
import { TemplateError } from './template/template-error.ts';

/** The stacks of an account. */
export interface Stacks {
  /**
   * Deploys a synthesized stack. Throws TemplateError if it cannot be deployed, or there is a stack of that
   * name.
   */
  readonly deploy: (stack: StackOptions) => Promise<Deployment>;
  readonly all: () => readonly (Deployment & { readonly createdAtMs: number })[];
}

export function createStacks({
  account,
  cloud,
  onClose,
}: {
  account: Account;
  cloud: Cloud;
  /** Gets the functions that stop what a stack runs in the background. */
  onClose: (closer: () => unknown) => void;
}): Stacks {
  const deployed = new Map<string, Deployment & { readonly createdAtMs: number }>();
  return {
    async deploy({ assemblyFolder, stackName = onlyStackIn(assemblyFolder), parameters, templatePatch }) {
      if (deployed.has(stackName)) throw new TemplateError(`there is already a stack ${stackName}`);
      const createdAtMs = cloud.clock.now();
      const deployment = await deployStack({
        assembly: readAssembly(assemblyFolder, stackName, templatePatch),
        stackName,
        account,
        ...(parameters && { parameters }),
        cloud,
      });
      onClose(deployment.stop);
      deployed.set(stackName, { ...deployment, createdAtMs });
      return deployment;
    },
    all: () => [...deployed.values()],
  };
}
