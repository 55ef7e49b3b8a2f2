/** Whom an ARN of IAM or STS means. */
interface PrincipalArn {
  readonly accountId: string;
  readonly kind: 'user' | 'session' | 'root';
  /** Of the user or role that has the policies. Absent: the account's root user, and a federated user. */
  readonly ownArn?: string;
}

/** Where IAM Identity Center puts the roles that it makes. Source: IAM Identity Center user guide, "Referencing permission sets". */
const SSO_PATH = 'aws-reserved/sso.amazonaws.com/';

/**
 * A caller's ARN taken apart. The ARN of a session leaves the path of its role out, which is empty here
 * but for the roles of IAM Identity Center. Throws an Error for the ARN of something else.
 */
export function principalOf(arn: string): PrincipalArn {
  const [, partition = '', service = '', accountId = '', resource = ''] =
    /^arn:([a-z-]+):(iam|sts)::(\d{12}):(.+)$/.exec(arn) ?? [];
  const [type, name = ''] = resource.split('/');
  switch (`${service}:${type}`) {
    case 'iam:root':
      return { accountId, kind: 'root' };
    case 'iam:user':
      return { accountId, kind: 'user', ownArn: arn };
    case 'sts:federated-user':
      return { accountId, kind: 'session' };
    case 'sts:assumed-role': {
      const path = name.startsWith('AWSReservedSSO_') ? SSO_PATH : '';
      return { accountId, kind: 'session', ownArn: `arn:${partition}:iam::${accountId}:role/${path}${name}` };
    }
    default:
      throw new Error(`not the ARN of a user, a role's session, a federated user or the root user: ${arn}`);
  }
}
