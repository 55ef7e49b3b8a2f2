import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import { refused } from './errors.ts';
import { requireText } from './input.ts';

const MOST_ENTRIES = 10;
const ENTRY_ID = /^[\w-]{1,80}$/;

/** The entries of a batch. Throws AwsError if there are none, too many, or their ids are not distinct. */
export function entriesIn(input: JsonObject, entryType: string): readonly JsonObject[] {
  const { Entries: given } = input;
  const entries = Array.isArray(given) ? given.filter(isJsonObject) : [];
  if (entries.length === 0) {
    throw refused('EmptyBatchRequest', `There should be at least one ${entryType} in the request.`);
  }
  if (entries.length > MOST_ENTRIES) {
    const message = `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`;
    throw refused('TooManyEntriesInBatchRequest', message);
  }

  const ids = new Set<string>();
  for (const entry of entries) {
    const id = requireText(entry, 'Id');
    if (!ENTRY_ID.test(id)) {
      const message =
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
      throw refused('InvalidBatchEntryId', message);
    }
    if (ids.has(id)) throw refused('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    ids.add(id);
  }
  return entries;
}

/** Runs each entry alone: the answer reports a refused entry, and the others go on. */
export function answerEach(
  entries: readonly JsonObject[],
  answer: (entry: JsonObject) => Record<string, unknown>,
): { Successful: Record<string, unknown>[]; Failed: Record<string, unknown>[] } {
  const successful: Record<string, unknown>[] = [];
  const failed: Record<string, unknown>[] = [];
  for (const entry of entries) {
    const id = requireText(entry, 'Id');
    try {
      successful.push({ Id: id, ...answer(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: id, Code: error.code, Message: error.message, SenderFault: error.status < 500 });
    }
  }
  return { Successful: successful, Failed: failed };
}
