import type { Account } from '../account.ts';
import { holds } from './conditions.ts';
import { resolve } from './resolve.ts';
import { NO_VALUE, type Scope } from './scope.ts';
import type { Template } from './template.ts';
import { TemplateError } from './template-error.ts';

/** The values of `Ref` and `Fn::GetAtt` for one resource. */
export interface Identity {
  /** The physical id. */
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * The names for the functions of one stack. `where` is used in messages.
 *
 * `identityOf` returns a resource's identity by logical id, or undefined if the template has no such
 * resource or its condition does not hold.
 */
export function stackScope({
  template,
  stackName,
  stackId,
  account,
  parameters,
  identityOf,
}: {
  template: Template;
  stackName: string;
  /** Its ARN. */
  stackId: string;
  account: Account;
  parameters: Readonly<Record<string, string>>;
  identityOf: (logicalId: string) => Identity | undefined;
}): (where: string) => Scope {
  const pseudo = pseudoParameters(stackName, stackId, account);
  const given = parameterValues(template, parameters);
  const decided = new Map<string, boolean>();

  return function scopeFor(where) {
    const fail = (what: string) => new TemplateError(`${where}: ${what}`);
    const identity = (logicalId: string) => {
      const found = identityOf(logicalId);
      if (found) return found;
      throw fail(`the template has no resource, parameter or pseudo parameter ${logicalId}`);
    };
    const scope: Scope = {
      where,
      ref: (name) => pseudo[name] ?? given(name, where) ?? identity(name).ref,
      attribute(logicalId, attribute) {
        const value = identity(logicalId).attributes[attribute];
        if (value !== undefined) return value;
        throw fail(`the simulator knows no attribute ${attribute} of ${logicalId}`);
      },
      condition(name) {
        const before = decided.get(name);
        if (before !== undefined) return before;
        if (!(name in template.Conditions)) throw fail(`the template has no condition ${name}`);
        const value = holds(template.Conditions[name], scopeFor(`condition ${name}`));
        decided.set(name, value);
        return value;
      },
      inMap(map, topKey, secondKey) {
        const value = template.Mappings[map]?.[topKey]?.[secondKey];
        if (value !== undefined) return resolve(value, scope);
        throw fail(`the template has no mapping ${map}.${topKey}.${secondKey}`);
      },
    };
    return scope;
  };
}

/** Source: CloudFormation user guide, "Pseudo parameters reference". */
function pseudoParameters(
  stackName: string,
  stackId: string,
  { id, region, partition }: Account,
): Record<string, unknown> {
  return {
    'AWS::AccountId': id,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::StackName': stackName,
    'AWS::StackId': stackId,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::NoValue': NO_VALUE,
  };
}

/** The given values, otherwise the template's defaults. A parameter without references needs neither. */
function parameterValues(template: Template, given: Readonly<Record<string, string>>) {
  for (const name of Object.keys(given)) {
    if (!(name in template.Parameters)) throw new TemplateError(`the template has no parameter ${name}`);
  }
  return function valueOf(name: string, where: string): string | readonly string[] | undefined {
    const parameter = template.Parameters[name];
    if (!parameter) return undefined;
    const value = given[name] ?? parameter.Default;
    if (value === undefined) throw new TemplateError(`${where}: parameter ${name} has no value`);
    if (parameter.Type.startsWith('AWS::SSM::') && given[name] === undefined) {
      throw new TemplateError(`${where}: the simulator has no Parameter Store to read ${name} from`);
    }
    const isList = parameter.Type === 'CommaDelimitedList' || parameter.Type.startsWith('List<');
    return isList ? String(value).split(',') : String(value);
  };
}
