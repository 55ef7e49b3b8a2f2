import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import type { Secret } from './secret.ts';

/** The secrets that all filters of a request leave. */
export function filtered(secrets: readonly Secret[], input: JsonObject): readonly Secret[] {
  const filters = [input['Filters'] ?? []].flat().filter(isJsonObject);
  return secrets.filter((secret) => filters.every((filter) => fits(secret, filter)));
}

/** A filter compares the beginning, and takes upper and lower case as different but in a description. */
function fits({ name, description = '', tags }: Secret, { Key, Values }: JsonObject): boolean {
  const wanted = [Values ?? []].flat().map(String);
  const begins = (texts: readonly string[]) =>
    texts.some((text) => wanted.some((beginning) => text.startsWith(beginning)));
  if (Key === 'name') return begins([name]);
  if (Key === 'tag-key') return begins(Object.keys(tags));
  if (Key === 'tag-value') return begins(Object.values(tags));
  if (Key === 'description') {
    return wanted.some((beginning) => description.toLowerCase().startsWith(beginning.toLowerCase()));
  }
  const message = `The simulator does not filter secrets by ${String(Key)}`;
  throw new AwsError('UnknownOperationException', 501, message);
}
