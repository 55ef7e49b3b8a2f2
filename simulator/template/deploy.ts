import type { Account } from '../account.ts';
import type { Assembly } from './assembly.ts';
import type { Cloud } from './cloud.ts';
import { type Deployment, deploymentOf } from './deployment.ts';
import type { Stack } from './resource-kind.ts';
import { RESOURCE_KINDS } from './resource-kinds.ts';
import { resolve } from './resolve.ts';
import { createStackResources, findByArn } from './stack-resources.ts';
import { stackScope } from './stack-scope.ts';

/**
 * Deploys a synthesized stack to the simulated services.
 *
 * Throws TemplateError, before anything runs in the background, if AWS would refuse the stack, or if it has
 * a resource type, property or function that the simulator does not know.
 */
export async function deployStack({
  assembly: { template, assetFolder },
  stackName,
  account,
  parameters = {},
  cloud,
}: {
  assembly: Assembly;
  stackName: string;
  account: Account;
  /** Values for the template's parameters. */
  parameters?: Readonly<Record<string, string>>;
  cloud: Cloud;
}): Promise<Deployment> {
  const identityOf = (logicalId: string) => resources.get(logicalId)?.identity();
  const scopeFor = stackScope({ template, stackName, account, parameters, identityOf });
  const resources = createStackResources({ template, stackName, account, cloud, scopeFor });
  const stops: (() => void)[] = [];
  const stack: Stack = {
    name: stackName,
    account,
    cloud,
    assetFolder,
    ofType: (type) => [...resources.values()].filter((resource) => resource.type === type),
    byArn: (type, arn) => findByArn(stack.ofType(type), arn),
    onStop: (stop) => void stops.push(stop),
  };

  for (const [type, { deploy }] of Object.entries(RESOURCE_KINDS)) {
    if (deploy) for (const resource of stack.ofType(type)) await deploy(resource, stack);
  }

  const scope = scopeFor('Outputs');
  const outputs = Object.entries(template.Outputs)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([name, { Value }]) => [name, String(resolve(Value, scope))]);
  return deploymentOf({
    stackName,
    resources,
    outputs: Object.fromEntries(outputs),
    ignored: [...resources.values()].filter(({ type }) => !RESOURCE_KINDS[type]?.deploy),
    stop: () => stops.forEach((stop) => stop()),
  });
}
