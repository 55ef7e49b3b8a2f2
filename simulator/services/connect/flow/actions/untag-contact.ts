import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { DONE } from '../outcome.ts';

export const untagContact = actionKind({
  parameters: z.object({ TagKeys: z.array(z.string()) }),
  logName: 'ContactTags',
  run({ TagKeys }, { contact, paths, parts: { contacts } }) {
    for (const key of TagKeys) contact.tags.delete(paths.text(key));
    contacts.changed(contact);
    return DONE;
  },
});
