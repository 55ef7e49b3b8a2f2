import { z } from 'zod';
import {
  type FlowDocument,
  FlowDocumentError,
  type FlowType,
  FLOW_TYPES,
  parseFlow,
} from '../../../flows/language/document.ts';
import { publishProblems } from '../../../flows/language/publish-problems.ts';
import { uuidOf } from '../physical-name.ts';
import {
  parseProperties,
  type ResourceKind,
  type Stack,
  type StackResource,
  type UnnamedResource,
} from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { requireInstance } from './connect-instance.ts';

const Shared = {
  InstanceArn: z.string(),
  Name: z.string().min(1).max(127),
  Content: z.string().min(1).max(256_000),
  /** An archived flow does not take a name, and cannot be used. */
  State: z.enum(['ACTIVE', 'ARCHIVED']).default('ACTIVE'),
  Description: z.string().max(500).optional(),
  Tags: z.unknown().optional(),
};

const FlowProperties = z.strictObject({
  ...Shared,
  Type: z.enum(FLOW_TYPES).exclude(['MODULE']),
});

const ModuleProperties = z.strictObject({
  ...Shared,
  Settings: z.string().optional(),
  ExternalInvocationConfiguration: z.unknown().optional(),
});

/** AWS::Connect::ContactFlow. As in the service, a flow with problems is refused. */
export const contactFlow: ResourceKind = {
  identify(resource) {
    const arn = arnOf(resource, 'contact-flow');
    return { ref: arn, attributes: { ContactFlowArn: arn } };
  },
  deploy(resource, stack) {
    const { Type: type, ...properties } = parseProperties(FlowProperties, resource);
    publish(resource, stack, { ...properties, type, refusal: 'InvalidContactFlowException' });
  },
  remove: ({ identity }, { cloud: { connect } }) => connect.flows.remove(identity().ref),
};

/** AWS::Connect::ContactFlowModule. A module with problems is refused too. */
export const contactFlowModule: ResourceKind = {
  identify(resource) {
    const arn = arnOf(resource, 'flow-module');
    return { ref: arn, attributes: { ContactFlowModuleArn: arn, Status: 'published' } };
  },
  deploy(resource, stack) {
    const properties = parseProperties(ModuleProperties, resource);
    publish(resource, stack, {
      ...properties,
      type: 'MODULE',
      refusal: 'InvalidContactFlowModuleException',
    });
  },
  remove: ({ identity }, { cloud: { connect } }) => connect.flows.remove(identity().ref),
};

function arnOf({ property, seed }: UnnamedResource, type: string): string {
  return `${String(property('InstanceArn'))}/${type}/${uuidOf(seed)}`;
}

/** Throws TemplateError in the service's own words if it would refuse the content. */
function publish(
  { where, identity }: StackResource,
  { cloud: { connect } }: Stack,
  given: {
    InstanceArn: string;
    Name: string;
    Content: string;
    State: 'ACTIVE' | 'ARCHIVED';
    type: FlowType;
    refusal: string;
  },
): void {
  const { Name: name, Content: content, type, refusal } = given;
  requireInstance(given.InstanceArn, connect, where);
  const document = read(content, `${where}: ${refusal}`);
  const problems = publishProblems(document, type);
  if (problems.length > 0) throw new TemplateError(`${where}: ${refusal}: ${problems.join('; ')}`);
  if (given.State === 'ARCHIVED') return;
  const isModule = type === 'MODULE';
  if (connect.flows.all().some((flow) => flow.name === name && (flow.type === 'MODULE') === isModule)) {
    throw new TemplateError(`${where}: DuplicateResourceException: there is one called ${name} already`);
  }
  const arn = identity().ref;
  connect.flows.add({ id: arn.replace(/^.*\//, ''), arn, name, type, document, content });
}

function read(content: string, refusal: string): FlowDocument {
  try {
    return parseFlow(content);
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    throw new TemplateError(`${refusal}: ${error.message}`, { cause: error });
  }
}
