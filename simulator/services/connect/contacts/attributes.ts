import { isJsonObject, type JsonObject } from '../../../gateway/protocols.ts';
import { invalidParameter, invalidRequest } from '../input.ts';

/** Keys and values of a contact together. Source: API reference, UpdateContactAttributes, Attributes. */
const MOST_BYTES = 32_768;
const KEY = /^[A-Za-z0-9_-]+$/;

/** The `Attributes` of a request; `{}` if there are none. */
export function attributesOf({ Attributes: given }: JsonObject): ReadonlyMap<string, string> {
  if (given === undefined || given === null) return new Map();
  if (!isJsonObject(given)) throw invalidParameter('Attributes must be a map of strings.');
  return new Map(
    Object.entries(given).map(([key, value]) => {
      if (!KEY.test(key)) throw invalidParameter(`Attribute key may hold A-Z a-z 0-9 _ - only: ${key}`);
      if (typeof value !== 'string') throw invalidParameter(`Attribute ${key} must be a string.`);
      return [key, value];
    }),
  );
}

/**
 * Adds and overwrites keys, and never removes one. Writes all or none: throws InvalidRequestException if
 * they are too many bytes for one contact.
 */
export function mergeAttributes(present: Map<string, string>, added: ReadonlyMap<string, string>): void {
  const merged = [...new Map([...present, ...added])];
  const sizeBytes = merged.flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (sizeBytes > MOST_BYTES) {
    throw invalidRequest(
      `Attributes of a contact may have ${MOST_BYTES} bytes, and would have ${sizeBytes}.`,
    );
  }
  for (const [key, value] of added) present.set(key, value);
}
