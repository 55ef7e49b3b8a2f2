import { z } from 'zod';
import { actionKind, Scalar } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/** Source: quotas, "User-defined tags per contact". */
const MOST_TAGS = 6;

export const tagContact = actionKind({
  parameters: z.object({ Tags: z.record(z.string(), Scalar) }),
  logName: 'ContactTags',
  run({ Tags }, { contact, paths, parts: { contacts } }) {
    const added = Object.entries(Tags).map(([key, value]) => [paths.text(key), paths.text(value)] as const);
    const tags = new Map([...contact.tags, ...added]);
    if (tags.size > MOST_TAGS) return NO_MATCHING_ERROR;
    for (const [key, value] of tags) contact.tags.set(key, value);
    contacts.changed(contact);
    return DONE;
  },
});
