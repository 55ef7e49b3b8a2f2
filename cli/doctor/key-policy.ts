import { z } from 'zod';

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const Statement = z.looseObject({
  Effect: z.string(),
  Principal: z
    .union([z.literal('*'), z.looseObject({ AWS: texts.optional(), Service: texts.optional() })])
    .optional(),
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
      (NotAction !== undefined || Action.some((pattern) => fits(pattern, 'kms:Decrypt'))) &&
      (NotPrincipal !== undefined || principalsIn(Principal).some((one) => includesRoles(one, roles))),
  );
}

/** What is to be allowed, and to whom: a service by its name, or roles. */
export interface Wanted {
  readonly service?: string;
  readonly roles: Roles;
  readonly actions: readonly string[];
}

/**
 * The actions that no statement may allow. As with `admitsDecrypting`, conditions are taken to hold: what is missing is
 * sure to be missing.
 */
export function missingActions(policy: string, { service, roles, actions }: Wanted): readonly string[] {
  const parsed = Policy.safeParse(JSON.parse(policy));
  if (!parsed.success) return [];
  const forThem = parsed.data.Statement.filter(
    ({ Effect, Principal, NotPrincipal }) =>
      Effect === 'Allow' &&
      (NotPrincipal !== undefined ||
        (service === undefined
          ? principalsIn(Principal).some((one) => includesRoles(one, roles))
          : Principal === '*' ||
            principalsIn(Principal).includes('*') ||
            servicesIn(Principal).includes(service))),
  );
  return actions.filter(
    (action) =>
      !forThem.some(
        ({ NotAction, Action = [] }) =>
          NotAction !== undefined || Action.some((pattern) => fits(pattern, action)),
      ),
  );
}

function servicesIn(principal: z.infer<typeof Statement>['Principal']): readonly string[] {
  return principal === '*' ? [] : (principal?.Service ?? []);
}

function principalsIn(principal: z.infer<typeof Statement>['Principal']): readonly string[] {
  return principal === '*' ? ['*'] : (principal?.AWS ?? []);
}

/** Actions match in any case; `*` and `?` are wildcards in the pattern. */
function fits(pattern: string, action: string): boolean {
  const escaped = pattern.toLowerCase().replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  const asked = action.toLowerCase().replaceAll('*', '');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(asked);
}

function includesRoles(principal: string, { partition, accountId, namesBegin }: Roles): boolean {
  if (['*', accountId, `arn:${partition}:iam::${accountId}:root`].includes(principal)) return true;
  const [, name = ''] = /:role\/(?:.*\/)?([^/]+)$/.exec(principal) ?? [];
  return principal.startsWith(`arn:${partition}:iam::${accountId}:role/`) && name.startsWith(namesBegin);
}
