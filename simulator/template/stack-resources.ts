import type { Account } from '../account.ts';
import type { Cloud } from './cloud.ts';
import { physicalName } from './physical-name.ts';
import type { StackResource, UnnamedResource } from './resource-kind.ts';
import { RESOURCE_KINDS } from './resource-kinds.ts';
import { resolve } from './resolve.ts';
import type { Scope } from './scope.ts';
import type { Template, TemplateResource } from './template.ts';
import { TemplateError } from './template-error.ts';

/**
 * The resources of a template whose conditions hold, by logical id. Identities and properties are resolved
 * at their first use.
 *
 * Throws TemplateError that names the type, if it is unknown.
 */
export function createStackResources({
  template,
  stackName,
  account,
  cloud,
  scopeFor,
  seedOf,
  importedAs,
}: {
  template: Template;
  stackName: string;
  account: Account;
  cloud: Cloud;
  scopeFor: (where: string) => Scope;
  seedOf: (logicalId: string) => string;
  importedAs: (logicalId: string) => string | undefined;
}): ReadonlyMap<string, StackResource> {
  const resources = new Map<string, StackResource>();
  for (const [logicalId, described] of Object.entries(template.Resources)) {
    const where = `${described.Type} ${logicalId}`;
    const scope = scopeFor(where);
    if (described.Condition !== undefined && !scope.condition(described.Condition)) continue;
    resources.set(logicalId, stackResource(logicalId, described, where, scope));
  }
  return resources;

  function stackResource(
    logicalId: string,
    described: TemplateResource,
    where: string,
    scope: Scope,
  ): StackResource {
    const { Type: type, Properties, Metadata } = described;
    const kind = RESOURCE_KINDS[type];
    if (!kind) throw new TemplateError(`${where}: the simulator does not know this type of resource`);
    const path = Metadata['aws:cdk:path'];
    const seed = seedOf(logicalId);
    const imported = importedAs(logicalId);
    const property = (name: string) => resolve(Properties[name], scope);
    const unnamed: UnnamedResource = {
      logicalId,
      type,
      where,
      stackName,
      seed,
      account,
      cloud,
      ...(imported !== undefined && { imported }),
      property,
      name(naming, rules) {
        const given = property(naming) ?? imported;
        return typeof given === 'string' ? given : physicalName({ stackName, logicalId, seed, ...rules });
      },
      byArn: (wantedType, arn) =>
        findByArn(
          [...resources.values()].filter((one) => one.type === wantedType),
          arn,
        ),
    };
    return {
      logicalId,
      type,
      where,
      path: typeof path === 'string' ? path : undefined,
      described,
      identity: once(where, () => kind.identify(unnamed)),
      properties: once(where, () => resolve(Properties, scope)),
    };
  }
}

/** By the attribute `Arn`. */
export function findByArn(resources: readonly StackResource[], arn: unknown): StackResource | undefined {
  return resources.find(({ identity }) => identity().attributes['Arn'] === arn);
}

/** Computes a value once. Throws TemplateError if the value depends on itself. */
function once<T>(where: string, work: () => T): () => T {
  let known: { readonly value: T } | undefined;
  let isWorking = false;
  return () => {
    if (known) return known.value;
    if (isWorking) throw new TemplateError(`${where}: circular dependency`);
    isWorking = true;
    try {
      known = { value: work() };
      return known.value;
    } finally {
      isWorking = false;
    }
  };
}
