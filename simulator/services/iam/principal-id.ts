import { createHash } from 'node:crypto';

/**
 * `AIDA…` of a user, `ANPA…` of a policy, `AROA…` of a role: the same for the same words. Source: IAM user guide, "IAM
 * identifiers".
 */
export function principalId(prefix: 'AIDA' | 'ANPA' | 'AROA', words: string): string {
  return prefix + createHash('sha256').update(words).digest('hex').slice(0, 17).toUpperCase();
}
