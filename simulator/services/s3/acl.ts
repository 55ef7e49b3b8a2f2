import type { Account } from '../../account.ts';
import type { XmlContent } from './bucket.ts';
import { ownerOf } from './owner.ts';

/** The only access control list without ACLs: the owner may do everything. */
export function aclOf(account: Account): XmlContent {
  const Owner = ownerOf(account);
  const type = { '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', '@xsi:type': 'CanonicalUser' };
  return {
    Owner,
    AccessControlList: { Grant: { Grantee: { ...type, ...Owner }, Permission: 'FULL_CONTROL' } },
  };
}
