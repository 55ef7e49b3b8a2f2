import { z } from 'zod';

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const Statement = z.looseObject({
  Effect: z.string(),
  Principal: z.union([z.literal('*'), z.looseObject({ AWS: texts.optional() })]).optional(),
  NotPrincipal: z.unknown().optional(),
  Action: texts.optional(),
  NotAction: z.unknown().optional(),
});

const Policy = z.looseObject({
  Statement: z.union([Statement, z.array(Statement)]).transform((value) => [value].flat()),
});

/** The roles that are to decrypt. */
export interface Roles {
  readonly partition: string;
  readonly accountId: string;
  /** What their names begin with. */
  readonly namesBegin: string;
}

/**
 * Whether a key's policy may let those roles decrypt: it leaves that to the account's IAM policies, or it names one
 * of them. Conditions are taken to hold, and statements that deny are not looked at, so that "no" is sure and "yes"
 * is not. Source: KMS developer guide, "Key policies".
 */
export function admitsDecrypting(policy: string, roles: Roles): boolean {
  const parsed = Policy.safeParse(JSON.parse(policy));
  // What cannot be read is not said to refuse.
  if (!parsed.success) return true;
  return parsed.data.Statement.some(
    ({ Effect, Principal, NotPrincipal, Action = [], NotAction }) =>
      Effect === 'Allow' &&
      (NotAction !== undefined || Action.some(isDecrypting)) &&
      (NotPrincipal !== undefined || principalsIn(Principal).some((one) => includesRoles(one, roles))),
  );
}

function principalsIn(principal: z.infer<typeof Statement>['Principal']): readonly string[] {
  return principal === '*' ? ['*'] : (principal?.AWS ?? []);
}

function isDecrypting(action: string): boolean {
  const pattern = action.toLowerCase().replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test('kms:decrypt');
}

function includesRoles(principal: string, { partition, accountId, namesBegin }: Roles): boolean {
  if (['*', accountId, `arn:${partition}:iam::${accountId}:root`].includes(principal)) return true;
  const [, name = ''] = /:role\/(?:.*\/)?([^/]+)$/.exec(principal) ?? [];
  return principal.startsWith(`arn:${partition}:iam::${accountId}:role/`) && name.startsWith(namesBegin);
}
