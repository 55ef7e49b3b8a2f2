import { z } from 'zod';
import { EVENT_TYPES, type SesEventType } from '../../services/ses/configuration-sets.ts';
import { uuidOf } from '../physical-name.ts';
import { parseProperties, type ResourceKind, type StackResource } from '../resource-kind.ts';

const ConfigurationSetProperties = z.strictObject({
  Name: z.string().optional(),
  SendingOptions: z.strictObject({ SendingEnabled: z.boolean() }).optional(),
  ReputationOptions: z.unknown().optional(),
  DeliveryOptions: z.unknown().optional(),
  SuppressionOptions: z.unknown().optional(),
  VdmOptions: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

/** AWS::SES::ConfigurationSet */
export const sesConfigurationSet: ResourceKind = {
  identify: ({ name }) => ({ ref: name('Name', { longest: 64 }), attributes: {} }),
  deploy(resource, { cloud }) {
    cloud.ses.configurationSets.add(configurationSetOf(resource));
  },
  update(resource, { cloud }) {
    cloud.ses.configurationSets.change(configurationSetOf(resource));
  },
  remove: ({ identity }, { cloud }) => cloud.ses.configurationSets.remove(identity().ref),
};

/** CloudFormation and the API write the options the same. */
function configurationSetOf(resource: StackResource) {
  const { SendingOptions, Name, ...options } = parseProperties(ConfigurationSetProperties, resource);
  return {
    name: Name ?? resource.identity().ref,
    sendingEnabled: SendingOptions?.SendingEnabled ?? true,
    options,
  };
}

/** CloudFormation writes `renderingFailure` where the API has `RENDERING_FAILURE`; both are accepted. */
const EventTypeShape = z
  .string()
  .transform((name) => (/^[A-Z_]+$/.test(name) ? name : name.replace(/[A-Z]/g, '_$&').toUpperCase()))
  .refine(
    (name): name is SesEventType => EVENT_TYPES.some((type) => type === name),
    'is no type of SES event',
  );

const EventDestinationProperties = z.strictObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.string().optional(),
    Enabled: z.boolean().default(false),
    MatchingEventTypes: z.array(EventTypeShape).min(1),
    EventBridgeDestination: z.strictObject({
      EventBusArn: z.string().regex(/:event-bus\/default$/, 'only the default bus is supported'),
    }),
  }),
});

/** AWS::SES::ConfigurationSetEventDestination, to EventBridge only. */
export const sesEventDestination: ResourceKind = {
  identify({ seed }) {
    const ref = uuidOf(seed);
    return { ref, attributes: { Id: ref } };
  },
  deploy(resource, { cloud }) {
    const { ConfigurationSetName, EventDestination } = parseProperties(EventDestinationProperties, resource);
    cloud.ses.configurationSets.addDestination(ConfigurationSetName, {
      name: EventDestination.Name ?? resource.logicalId,
      enabled: EventDestination.Enabled,
      events: EventDestination.MatchingEventTypes,
    });
  },
  remove(resource, { cloud }) {
    const { ConfigurationSetName, EventDestination } = parseProperties(EventDestinationProperties, resource);
    const name = EventDestination.Name ?? resource.logicalId;
    cloud.ses.configurationSets.removeDestination(ConfigurationSetName, name);
  },
};

const TemplateProperties = z.strictObject({
  Template: z.strictObject({
    TemplateName: z.string().optional(),
    SubjectPart: z.string(),
    TextPart: z.string().exactOptional(),
    HtmlPart: z.string().exactOptional(),
  }),
  Tags: z.unknown().optional(),
});

/** AWS::SES::Template */
export const sesTemplate: ResourceKind = {
  identify({ property, stackName, logicalId, seed }) {
    const given = z.object({ TemplateName: z.string().min(1) }).safeParse(property('Template'));
    const made = `${stackName}-${logicalId}-${uuidOf(seed).slice(0, 8)}`;
    const ref = given.success ? given.data.TemplateName : made;
    return { ref, attributes: { Id: ref } };
  },
  deploy(resource, { cloud }) {
    const { SubjectPart, TextPart, HtmlPart } = parseProperties(TemplateProperties, resource).Template;
    cloud.ses.addTemplate(resource.identity().ref, {
      subject: SubjectPart,
      ...(TextPart !== undefined && { text: TextPart }),
      ...(HtmlPart !== undefined && { html: HtmlPart }),
    });
  },
  remove: ({ identity }, { cloud }) => cloud.ses.removeTemplate(identity().ref),
};
