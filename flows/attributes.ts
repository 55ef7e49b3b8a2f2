import type { AttributeReadBy } from '../src/domain/contact-attributes.ts';

/** The path of a contact attribute that flows of this product read. */
export function attribute<const Name extends AttributeReadBy<'call-flow' | 'task-flow'>>(
  name: Name,
): `$.Attributes.${Name}` {
  return `$.Attributes.${name}`;
}
