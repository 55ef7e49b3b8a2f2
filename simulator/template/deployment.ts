import type { StackResource } from './resource-kind.ts';
import { RESOURCE_KINDS } from './resource-kinds.ts';
import type { StackVersion } from './stack-version.ts';
import { TemplateError } from './template-error.ts';

/** A deployed stack. */
export interface Deployment {
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The value of `Ref`. Throws TemplateError for an unknown resource. */
  readonly physicalId: (logicalId: string) => string;
  /** The value of `Fn::GetAtt`. Throws TemplateError for an unknown resource or attribute. */
  readonly attribute: (logicalId: string, attribute: string) => string;
  /**
   * The logical id of the only resource of a type with that segment in its construct path: `contact-records`
   * finds the function that CDK calls `contactrecordsFunction1A2B3C4D`. Throws TemplateError if there is
   * none, or more than one.
   */
  readonly idOf: (type: string, pathSegment: string) => string;
  /** By logical id. */
  readonly functions: Readonly<Record<string, { readonly name: string; readonly arn: string }>>;
  readonly queues: Readonly<Record<string, { readonly url: string; readonly arn: string }>>;
  readonly buckets: Readonly<Record<string, { readonly name: string }>>;
  readonly tables: Readonly<Record<string, { readonly name: string; readonly arn: string }>>;
  /** All of them, in the order of the template. */
  readonly resources: readonly {
    readonly logicalId: string;
    readonly type: string;
    readonly physicalId: string;
  }[];
  /** Resources without behavior here. */
  readonly ignored: readonly { readonly logicalId: string; readonly type: string }[];
  /** Ends what runs in the background: the event source mappings. */
  readonly stop: () => void;
}

/** A stack whose resources have been made. Throws TemplateError if an output cannot be resolved. */
export function deploymentOf(version: StackVersion): Deployment {
  const { resources, stop } = version;
  const { name: stackName } = version.stack;

  function require(logicalId: string): StackResource {
    const found = resources.get(logicalId);
    if (found) return found;
    throw new TemplateError(`${stackName} has no resource ${logicalId}`);
  }

  function attribute(logicalId: string, name: string): string {
    const value = require(logicalId).identity().attributes[name];
    if (value !== undefined) return value;
    throw new TemplateError(`${logicalId} has no attribute ${name}`);
  }

  const ofType = (type: string) => [...resources.values()].filter((resource) => resource.type === type);
  const physicalId = (logicalId: string) => require(logicalId).identity().ref;
  const named = ({ logicalId }: StackResource) => ({
    name: physicalId(logicalId),
    arn: attribute(logicalId, 'Arn'),
  });
  const byId = <T>(type: string, describe: (resource: StackResource) => T): Record<string, T> =>
    Object.fromEntries(ofType(type).map((resource) => [resource.logicalId, describe(resource)]));

  return {
    stackName,
    outputs: version.outputs(),
    physicalId,
    attribute,
    idOf(type, pathSegment) {
      const found = ofType(type).filter(({ path = '' }) => path.split('/').includes(pathSegment));
      const [only] = found;
      if (only && found.length === 1) return only.logicalId;
      const which = found.length === 0 ? 'none' : found.map(({ path }) => path).join(', ');
      throw new TemplateError(`${stackName} has not exactly one ${type} called ${pathSegment}: ${which}`);
    },
    functions: byId('AWS::Lambda::Function', named),
    queues: byId('AWS::SQS::Queue', ({ logicalId }) => ({
      url: physicalId(logicalId),
      arn: attribute(logicalId, 'Arn'),
    })),
    buckets: byId('AWS::S3::Bucket', ({ logicalId }) => ({ name: physicalId(logicalId) })),
    tables: byId('AWS::DynamoDB::Table', named),
    resources: [...resources.values()].map(({ logicalId, type }) => ({
      logicalId,
      type,
      physicalId: physicalId(logicalId),
    })),
    ignored: [...resources.values()]
      .filter(({ type }) => !RESOURCE_KINDS[type]?.deploy)
      .map(({ logicalId, type }) => ({ logicalId, type })),
    stop,
  };
}
