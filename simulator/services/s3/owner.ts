import { createHash } from 'node:crypto';
import type { Account } from '../../account.ts';

/** Who owns all buckets and objects: the account, by the 64 digits that S3 calls it by. */
export function ownerOf({ id }: Account): { readonly ID: string } {
  return { ID: createHash('sha256').update(`canonical user ${id}`).digest('hex') };
}
