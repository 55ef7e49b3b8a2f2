import { capabilityFor } from './definition.ts';
import type { Template } from '../../template/template.ts';

/** What ValidateTemplate and GetTemplateSummary have in common. */
export function templateSummary(template: Template) {
  const capability = capabilityFor(template);
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  const reasons = [...new Set(types)].filter((type) => type.startsWith('AWS::IAM::'));
  return {
    ...(template.Description !== undefined && { Description: template.Description }),
    ...(capability !== undefined && {
      Capabilities: { member: [capability] },
      CapabilitiesReason: `The following resource(s) require capabilities: [${reasons.join(', ')}]`,
    }),
  };
}

/** The parameters; `type` names the member for their type, which ValidateTemplate leaves out. */
export function declaredParameters({ Parameters }: Template, type?: 'ParameterType') {
  return {
    member: Object.entries(Parameters).map(([ParameterKey, { Type, Default, Description, NoEcho }]) => ({
      ParameterKey,
      ...(type && { [type]: Type }),
      ...(Default !== undefined && { DefaultValue: String(Default) }),
      NoEcho: String(NoEcho === true || NoEcho === 'true'),
      ...(typeof Description === 'string' && { Description }),
    })),
  };
}
