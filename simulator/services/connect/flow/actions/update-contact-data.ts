import { z } from 'zod';
import { actionKind, Scalar } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

const Reference = z.looseObject({ Type: z.string(), Value: Scalar });

/** Changes a contact's name, description, language, customer, references and segment attributes. */
export const updateContactData = actionKind({
  parameters: z.object({
    Name: Scalar.optional(),
    Description: Scalar.optional(),
    LanguageCode: Scalar.optional(),
    CustomerId: Scalar.optional(),
    References: z.record(z.string(), Reference).optional(),
    SegmentAttributes: z.record(z.string(), z.unknown()).optional(),
    TargetContact: z.enum(['Current', 'Related']).default('Current'),
  }),
  logName: 'UpdateContactData',
  run(given, { contact, paths, parts: { contacts } }) {
    const { Name, Description, LanguageCode, CustomerId, References, SegmentAttributes } = given;
    const target =
      given.TargetContact === 'Current' ? contact : contacts.find(contact.relatedContactId ?? '');
    const languageCode = LanguageCode === undefined ? undefined : paths.single(LanguageCode);
    if (!target || (LanguageCode !== undefined && languageCode === undefined)) return NO_MATCHING_ERROR;
    if (Name !== undefined) target.name = paths.text(Name);
    if (Description !== undefined) target.description = paths.text(Description);
    if (CustomerId !== undefined) target.customerId = paths.text(CustomerId);
    if (languageCode !== undefined) target.settings.languageCode = languageCode;
    if (References) {
      const added = Object.entries(References).map(([name, { Type, Value }]) => [
        name,
        { type: Type, value: paths.text(Value) },
      ]);
      target.references = { ...target.references, ...Object.fromEntries(added) };
    }
    if (SegmentAttributes) {
      const added = Object.entries(SegmentAttributes).map(([name, value]) => [name, paths.deep(value)]);
      target.segmentAttributes = { ...target.segmentAttributes, ...Object.fromEntries(added) };
    }
    contacts.changed(target);
    return DONE;
  },
});
