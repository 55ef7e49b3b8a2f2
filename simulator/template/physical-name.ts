import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SUFFIX_LENGTH = 12;

/**
 * CloudFormation's name for a resource without a name in the template: stack, logical id and twelve
 * characters, the first two cut to fit.
 *
 * On AWS the last part is random; here it is derived from a seed, so that a stack has the same names every
 * time, and another one of the same name has others.
 */
export function physicalName({
  stackName,
  logicalId,
  seed = `${stackName}/${logicalId}`,
  longest,
  lowerCase = false,
}: {
  stackName: string;
  logicalId: string;
  /** What the last part is derived from. Absent: the other two. */
  seed?: string;
  /** Characters the service allows for such a name. */
  longest: number;
  lowerCase?: boolean;
}): string {
  const forNames = longest - SUFFIX_LENGTH - 2;
  const stack = stackName.slice(0, Math.max(Math.floor(forNames / 2), forNames - logicalId.length));
  const name = `${stack}-${logicalId.slice(0, forNames - stack.length)}-${suffix(seed)}`;
  return lowerCase ? name.toLowerCase() : name;
}

function suffix(seed: string): string {
  const bytes = createHash('sha256').update(seed).digest().subarray(0, SUFFIX_LENGTH);
  return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** A UUID that is always the same for the same text. */
export function uuidOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
