import { z } from 'zod';

const Template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

/** Functions that cannot run. */
const REFUSED = /^(contactrecords|showvoicemail)Function/;

/** The stack with parts out of service: nothing reads its queues either. */
export function switchedOff(template: unknown): unknown {
  const { Resources, ...rest } = Template.parse(template);
  const changed = Object.entries(Resources).map(([id, { Type, Properties, ...more }]) => [
    id,
    { Type, Properties: { ...Properties, ...changesOf(id, Type, Properties) }, ...more },
  ]);
  return { ...rest, Resources: Object.fromEntries(changed) };
}

function changesOf(id: string, type: string, properties: Readonly<Record<string, unknown>>) {
  if (type === 'AWS::Lambda::Function' && REFUSED.test(id)) return { ReservedConcurrentExecutions: 0 };
  const isOfQueue =
    type === 'AWS::Lambda::EventSourceMapping' && properties['StartingPosition'] === undefined;
  return isOfQueue ? { Enabled: false } : {};
}
