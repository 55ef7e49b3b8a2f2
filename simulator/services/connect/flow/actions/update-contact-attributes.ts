import { z } from 'zod';
import { actionKind, Scalar } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';
import { wroteAttributes } from '../write-attributes.ts';

/**
 * Writes attributes, all of them or none. Contacts in the same chain share them; a related contact has its
 * own.
 */
export const updateContactAttributes = actionKind({
  parameters: z.object({
    Attributes: z.record(z.string(), Scalar),
    TargetContact: z.enum(['Current', 'Related']).default('Current'),
  }),
  logName: 'SetAttributes',
  run({ Attributes, TargetContact }, { contact, paths, parts: { contacts } }) {
    const target = TargetContact === 'Current' ? contact : contacts.find(contact.relatedContactId ?? '');
    const added = new Map(
      Object.entries(Attributes).map(([key, value]) => [paths.text(key), paths.text(value)]),
    );
    const isNamedWell = [...added.keys()].every((key) => /^[^$.]+$/.test(key));
    if (!target || !isNamedWell || !wroteAttributes(target.attributes, added)) return NO_MATCHING_ERROR;
    contacts.changed(target);
    return DONE;
  },
});
