import { counted } from '../doctor/counted.ts';

/** What a deployment would do to one resource. */
export interface ResourceChange {
  readonly logicalId: string;
  /** `AWS::SQS::Queue` */
  readonly type: string;
  /** Its place among the constructs, without the stack: `recording-queue`. The logical id where there is none. */
  readonly name: string;
  /** `may be replaced`: CloudFormation decides it when it compares the values. */
  readonly kind: 'created' | 'changed' | 'replaced' | 'may be replaced' | 'deleted' | 'kept';
}

/** What a deployment would do to a stack. */
export interface StackChanges {
  /** Whether there is a stack yet. */
  readonly isFirst: boolean;
  readonly resources: readonly ResourceChange[];
  /** Whether some role or resource policy allows more than before. Always true of the first deployment. */
  readonly isWider: boolean;
}

/** What is gone with a resource of that type, if it is replaced or deleted. Types without an entry hold nothing. */
const LOST: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'which voicemails are on their way, and which are delivered',
  'AWS::S3::Bucket': 'where recordings or transcripts are: links to them fail',
  'AWS::SQS::Queue': 'the voicemails that wait in it',
  'AWS::SecretsManager::Secret': 'the key of links to recordings: links that were sent no longer open',
  'AWS::Lambda::Url':
    "the address of links to recordings: links that were sent no longer open. links.alsoAt: ['function-url'] keeps it",
  'AWS::ApiGatewayV2::Api':
    "the address of links to recordings: links that were sent no longer open. links.alsoAt: ['api-gateway'] keeps it",
  'AWS::ApiGatewayV2::DomainName':
    'the name that links to recordings begin with: links that were sent no longer open',
  'AWS::Connect::ContactFlow': 'the id of the flow: numbers and flows of yours that lead to it',
  'AWS::Connect::ContactFlowModule': 'the id of the module: flows of yours that invoke it',
  'AWS::SNS::Topic': 'the subscriptions: each recipient of alarms must confirm again',
};

/** What is lost with this change. Undefined: nothing that anybody misses. */
export function lossOf({ kind, type }: ResourceChange): string | undefined {
  return kind === 'created' || kind === 'changed' || kind === 'kept' ? undefined : LOST[type];
}

/** The changes that lose something: each must be agreed to by its name. */
export function losses({ resources }: StackChanges): readonly ResourceChange[] {
  return resources.filter((change) => lossOf(change) !== undefined);
}

/** The changes in words, the ones that lose something first. */
export function changesText(changes: StackChanges, stackName: string): string {
  const { isFirst, resources, isWider } = changes;
  const lines = [
    ...losses(changes).map(
      (change) => `  ${change.kind.toUpperCase()}: ${nameOf(change)}. Lost: ${lossOf(change)}.`,
    ),
    ...countLines(resources.filter((change) => lossOf(change) === undefined)),
    ...(resources.length === 0 ? ['  no resource; only outputs, such as the version'] : []),
    ...(isWider && !isFirst ? ['  Roles or resource policies allow more than before.'] : []),
    ...(isFirst ? ['  Roles are made, one for each function.'] : []),
  ];
  const head = isFirst ? `The stack ${stackName} would be made:` : `The stack ${stackName} would be changed:`;
  return [head, ...lines].join('\n');
}

function nameOf({ name, type, logicalId }: ResourceChange): string {
  return `${name} (${type}, ${logicalId})`;
}

/** Created resources by type; those that are changed, replaced or deleted by name. */
function countLines(resources: readonly ResourceChange[]): readonly string[] {
  const created = resources.filter(({ kind }) => kind === 'created');
  const byType = Map.groupBy(created, ({ type }) => type);
  const types = [...byType].map(([type, all]) => `${all.length} × ${type}`);
  const others = resources.filter(({ kind }) => kind !== 'created');
  return [
    ...(created.length > 0 ? [`  created: ${counted(created.length, 'resource')}`, ...inColumns(types)] : []),
    ...others.map((change) => `  ${change.kind}: ${nameOf(change)}`),
  ];
}

function inColumns(texts: readonly string[]): readonly string[] {
  return texts.toSorted().map((text) => `    ${text}`);
}
