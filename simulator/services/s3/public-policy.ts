import { isJsonObject } from '../../gateway/protocols.ts';

/** Keys that, with fixed values, leave only some callers. Source: Amazon S3 User Guide, "The meaning of public". */
const NARROWING = new Set(
  [
    'aws:SourceIp',
    'aws:SourceArn',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:SourceOwner',
    'aws:SourceAccount',
    'aws:PrincipalOrgID',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:userid',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
    's3:DataAccessPointAccount',
    's3:DataAccessPointArn',
  ].map((key) => key.toLowerCase()),
);

/** Whether a bucket policy lets everybody do something. */
export function isPublic(policy: string): boolean {
  const parsed: unknown = JSON.parse(policy);
  const statements = isJsonObject(parsed) ? [parsed['Statement'] ?? []].flat() : [];
  return statements
    .filter(isJsonObject)
    .some(
      ({ Effect, Principal, Condition }) =>
        Effect === 'Allow' && isEverybody(Principal) && !isNarrowed(Condition),
    );
}

function isEverybody(principal: unknown): boolean {
  const named = isJsonObject(principal) ? principal['AWS'] : principal;
  return [named].flat().includes('*');
}

function isNarrowed(condition: unknown): boolean {
  const tests = isJsonObject(condition) ? Object.values(condition).filter(isJsonObject) : [];
  return tests
    .flatMap((test) => Object.entries(test))
    .some(
      ([key, values]) =>
        NARROWING.has(key.toLowerCase()) && [values].flat().every((value) => isFixed(String(value))),
    );
}

/** Without wildcards, and no range of addresses that is everybody's. */
function isFixed(value: string): boolean {
  return !/[*?]/.test(value) && value !== '0.0.0.0/0' && value !== '::/0';
}
