import { parsePolicyDocument, type PolicyStatement } from '../../gateway/policy.ts';
import { AwsError } from '../../service.ts';

/** Source: IAM user guide, "IAM and AWS STS quotas": a managed policy, without white space. */
const MOST_CHARACTERS = 6144;
const VERSIONS: readonly unknown[] = ['2008-10-17', '2012-10-17'];

/** A managed policy's document. Throws AwsError MalformedPolicyDocument, LimitExceeded. */
export function identityPolicy(text: string): object {
  const document = read(text);
  if (text.replaceAll(/\s/g, '').length > MOST_CHARACTERS) {
    throw new AwsError('LimitExceeded', 409, `Cannot exceed quota for PolicySize: ${MOST_CHARACTERS}`);
  }
  return document;
}

function read(text: string): object {
  const document = parsed(text);
  const statements = [document['Statement'] ?? []].flat();
  const isKnownVersion = VERSIONS.includes(document['Version'] ?? VERSIONS[0]);
  if (!isKnownVersion || statements.length === 0) throw malformed('Syntax errors in policy.');
  if (statements.some((one) => typeof one === 'object' && one !== null && 'Principal' in one)) {
    throw malformed('Policy document should not specify a principal.');
  }
  try {
    parsePolicyDocument(document).forEach(refuse);
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw malformed('Syntax errors in policy.');
  }
  return document;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null)
      return Object.fromEntries(Object.entries(document));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw malformed('Syntax errors in policy.');
}

function refuse({ Action, NotAction, Resource, NotResource }: PolicyStatement): void {
  const actions = [Action ?? NotAction ?? []].flat();
  const resources = [Resource ?? NotResource ?? []].flat();
  if (actions.length === 0) throw malformed('Policy statement must contain actions.');
  if (resources.length === 0) throw malformed('Policy statement must contain resources.');
  if (actions.some((action) => action !== '*' && !/^[\w-]+:[\w*?]+$/.test(action))) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  const strange = resources.find((resource) => resource !== '*' && !resource.startsWith('arn:'));
  if (strange !== undefined) throw malformed(`Resource ${strange} must be in ARN format or "*".`);
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', 400, message);
}
