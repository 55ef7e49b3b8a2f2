import type { Account } from '../account.ts';
import type { Cloud } from './cloud.ts';
import { refuseWhatIsMissing } from './region-gaps.ts';
import type { Stack, StackResource } from './resource-kind.ts';
import { RESOURCE_KINDS } from './resource-kinds.ts';
import { resolve } from './resolve.ts';
import { createStackResources, findByArn } from './stack-resources.ts';
import { stackScope } from './stack-scope.ts';
import type { Template } from './template.ts';

/** A template with its parameters, as a stack: what it describes, made or not. */
export interface StackVersion {
  readonly template: Template;
  readonly resources: ReadonlyMap<string, StackResource>;
  /** The resources in the order in which they are made. */
  readonly inOrder: readonly StackResource[];
  readonly stack: Stack;
  /** Throws TemplateError if one cannot be resolved. */
  readonly outputs: () => Readonly<Record<string, string>>;
  /** Ends what runs in the background. */
  readonly stop: () => void;
}

export interface VersionOptions {
  readonly template: Template;
  readonly stackName: string;
  /** Its ARN. */
  readonly stackId: string;
  readonly account: Account;
  /** Values for the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly cloud: Cloud;
  readonly codeFolder: Stack['codeFolder'];
  /** By logical id: what the generated name of a resource is derived from. Absent: stack and logical id. */
  readonly seedOf?: (logicalId: string) => string;
  /** The physical id of what the stack has imported. Absent: nothing is. */
  readonly importedAs?: (logicalId: string) => string | undefined;
}

/** Throws TemplateError for a type of resource or a parameter that is not known, and for what the Region lacks. */
export function stackVersion(options: VersionOptions): StackVersion {
  const { template, stackName, account, cloud, codeFolder, parameters = {} } = options;
  const { seedOf = (logicalId) => `${stackName}/${logicalId}`, stackId } = options;
  const { importedAs = () => undefined } = options;
  const identityOf = (logicalId: string) => resources.get(logicalId)?.identity();
  const scopeFor = stackScope({ template, stackName, stackId, account, parameters, identityOf });
  const resources = createStackResources({
    template,
    stackName,
    account,
    cloud,
    scopeFor,
    seedOf,
    importedAs,
  });
  const all = [...resources.values()];
  refuseWhatIsMissing(account.region, all);
  const stack: Stack = {
    name: stackName,
    account,
    cloud,
    codeFolder,
    ofType: (type) => all.filter((resource) => resource.type === type),
    byArn: (type, arn) => findByArn(stack.ofType(type), arn),
  };
  return {
    template,
    resources,
    inOrder: Object.keys(RESOURCE_KINDS).flatMap((type) => stack.ofType(type)),
    stack,
    outputs() {
      const scope = scopeFor('Outputs');
      const outputs = Object.entries(template.Outputs)
        .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
        .map(([name, { Value }]) => [name, String(resolve(Value, scope))]);
      return Object.fromEntries(outputs);
    },
    stop() {
      for (const { identity } of stack.ofType('AWS::Lambda::EventSourceMapping')) {
        cloud.lambda.mappings.reader(identity().ref)?.stop();
      }
    },
  };
}
