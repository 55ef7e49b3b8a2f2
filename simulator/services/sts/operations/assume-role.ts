import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import type { StsParts } from '../parts.ts';

/** Source: STS API reference, AssumeRole: an hour, unless 15 minutes to 12 hours are asked for. */
const USUAL_SECONDS = 3600;
const SHORTEST_SECONDS = 900;
const LONGEST_SECONDS = 43_200;

/**
 * AssumeRole: of a role that trusts the account. One with an external id is refused, as the trust of the
 * roles of `cdk bootstrap` says. Source: AWS STS API reference.
 */
export function assumeRole({ clock, identities, principalId }: StsParts): QueryOperation {
  const { id: accountId } = identities.account;
  return {
    name: 'AssumeRole',
    needs: (input) => [{ action: 'sts:AssumeRole', resource: required(input, 'RoleArn', /^arn:.{16,}$/) }],
    answer(input, { caller }) {
      const roleArn = input.get('RoleArn') ?? '';
      const name = required(input, 'RoleSessionName', /^[\w+=,.@-]{2,64}$/);
      const expiresAtMs = clock.now() + secondsIn(input) * 1000;
      const credentials = input.has('ExternalId')
        ? undefined
        : identities.assume(roleArn, { name, expiresAtMs });
      if (!credentials) {
        const sentence = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
        throw new AwsError('AccessDenied', 403, sentence);
      }
      const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
      return {
        Credentials: {
          AccessKeyId: credentials.accessKeyId,
          SecretAccessKey: credentials.secretAccessKey,
          SessionToken: credentials.sessionToken,
          Expiration: new Date(expiresAtMs).toISOString(),
        },
        AssumedRoleUser: {
          AssumedRoleId: `${principalId('AROA', `${accountId}/${roleName}`)}:${name}`,
          Arn: `${roleArn.replace(':iam:', ':sts:').replace(/:role\/.*$/, ':assumed-role/')}${roleName}/${name}`,
        },
      };
    },
  };
}

function required(input: URLSearchParams, name: string, shape: RegExp): string {
  const value = input.get(name) ?? '';
  if (shape.test(value)) return value;
  throw invalid(name, value, `Member must satisfy regular expression pattern: ${shape.source}`);
}

function secondsIn(input: URLSearchParams): number {
  const seconds = Number(input.get('DurationSeconds') ?? USUAL_SECONDS);
  if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return seconds;
  const rule = `Member must have value between ${SHORTEST_SECONDS} and ${LONGEST_SECONDS}`;
  throw invalid('DurationSeconds', String(seconds), rule);
}

function invalid(name: string, value: string, rule: string): AwsError {
  const member = `${name[0]?.toLowerCase()}${name.slice(1)}`;
  const message = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`;
  return new AwsError('ValidationError', 400, message);
}
