import { isJsonObject, type JsonObject } from '../../../gateway/protocols.ts';
import type { Reference } from './contact.ts';
import { invalidParameter, requireText } from '../input.ts';

/** Names and values of all references of a contact together, UTF-8. */
const MOST_BYTES = 4096;
const LONGEST = 4096;

/** The check of each type's value. Other types, such as ATTACHMENT, are refused for a new task. */
const VALUES = new Map<string, (value: string) => boolean>(
  Object.entries({
    URL: (value: string) => URL.canParse(value),
    NUMBER: (value: string) => value.trim() !== '' && Number.isFinite(Number(value)),
    STRING: () => true,
    /** Epoch seconds. */
    DATE: (value: string) => /^\d{1,13}$/.test(value),
    EMAIL: (value: string) => /^[^@\s]+@[^@\s]+$/.test(value),
  }),
);

/**
 * The `References` of StartTaskContact and UpdateContact. Throws InvalidParameterException.
 *
 * Source: API reference, StartTaskContact, References; administrator guide, quotas
 * for tasks, for the 4,096 bytes of all of them together.
 */
export function referencesOf({ References: given }: JsonObject): Record<string, Reference> {
  if (given === undefined || given === null) return {};
  if (!isJsonObject(given)) throw invalidParameter('References must be a map.');

  const references = Object.entries(given).map(([name, reference]): [string, Reference] => {
    if (name.length < 1 || name.length > LONGEST) throw invalidParameter('A reference has an invalid name.');
    if (!isJsonObject(reference)) throw invalidParameter(`Reference ${name} must have Type and Value.`);
    return [name, referenceOf(name, reference)];
  });

  return mergeReferences({}, Object.fromEntries(references));
}

/**
 * The references of a contact with further ones, or others in place of those of the same name. Attached files do not
 * count. Throws InvalidParameterException if they are too many bytes.
 */
export function mergeReferences(
  present: Readonly<Record<string, Reference>>,
  added: Readonly<Record<string, Reference>>,
): Record<string, Reference> {
  const merged = { ...present, ...added };
  const sizeBytes = Object.entries(merged)
    .filter(([, { type }]) => type !== 'ATTACHMENT')
    .reduce((sum, [name, { value }]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (sizeBytes > MOST_BYTES) {
    throw invalidParameter(
      `References of a contact may have ${MOST_BYTES} bytes together, and have ${sizeBytes}.`,
    );
  }
  return merged;
}

function referenceOf(name: string, reference: JsonObject): Reference {
  const type = requireText(reference, 'Type', { max: 100 });
  const value = requireText(reference, 'Value', { min: 0, max: LONGEST });
  const isValid = VALUES.get(type);
  if (!isValid) throw invalidParameter(`Reference ${name} has a type that a new task cannot have: ${type}`);
  if (!isValid(value)) throw invalidParameter(`Reference ${name} is no valid ${type}.`);
  return { type, value };
}
