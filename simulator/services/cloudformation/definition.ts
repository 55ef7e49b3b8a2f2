import { listIn } from '../../gateway/query-protocol.ts';
import { AwsError, type Caller } from '../../service.ts';
import { validationError } from '../../stacks/errors.ts';
import type { Definition } from '../../stacks/stack-record.ts';
import { parseTemplate, type Template } from '../../template/template.ts';
import { TemplateError } from '../../template/template-error.ts';
import { structuresIn } from './input.ts';
import type { CloudFormationParts } from './parts.ts';

/**
 * What a request says a stack is made from. `before`: what the stack is made from, if there is one.
 *
 * Throws AwsError ValidationError, and InsufficientCapabilitiesException for roles without the capability.
 */
export async function definitionIn(
  input: URLSearchParams,
  { parts, caller, before }: { parts: CloudFormationParts; caller: Caller; before?: Definition | undefined },
): Promise<Definition> {
  const source = await sourceIn(input, { parts, caller, before });
  const template = templateOf(source);
  const capabilities = listIn(input, 'Capabilities');
  requireCapabilities(template, capabilities);
  const roleArn = input.get('RoleARN') ?? before?.roleArn;
  const tags = structuresIn(input, 'Tags').map(({ Key = '', Value = '' }) => [Key, Value]);
  return {
    template,
    source,
    parameters: parametersIn(input, template, before?.parameters ?? {}),
    tags: Object.fromEntries(tags),
    capabilities,
    notificationArns: listIn(input, 'NotificationARNs'),
    ...(roleArn !== undefined && { roleArn }),
    codeFolder: parts.codeFolder,
  };
}

/** The template as it is written. */
export async function sourceIn(
  input: URLSearchParams,
  { parts, caller, before }: { parts: CloudFormationParts; caller: Caller; before?: Definition | undefined },
): Promise<unknown> {
  const [body, url] = [input.get('TemplateBody'), input.get('TemplateURL')];
  if (body !== null) return jsonOf(body);
  if (url !== null) return jsonOf(await publishedAt(url, parts, caller));
  if (before && input.get('UsePreviousTemplate') === 'true') return before.source;
  throw validationError('Either Template URL or Template Body must be specified.');
}

/** Only JSON, as CDK writes it. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw validationError(`Template format error: JSON not well-formed. (${error.message})`);
  }
}

/** The object at `https://s3.<region>.amazonaws.com/<bucket>/<key>` or `https://<bucket>.s3.<…>/<key>`, as the caller may read it. */
async function publishedAt(
  url: string,
  { s3, account }: CloudFormationParts,
  caller: Caller,
): Promise<string> {
  const { host, pathname } = URL.parse(url) ?? { host: '', pathname: '' };
  const path = decodeURIComponent(pathname.slice(1));
  const [, ofHost] = /^(.+)\.s3[.-]/.exec(host) ?? [];
  const bucket = ofHost ?? path.slice(0, path.indexOf('/'));
  const key = ofHost === undefined ? path.slice(path.indexOf('/') + 1) : path;
  const resource = `arn:${account.partition}:s3:::${bucket}/${key}`;
  if (!caller.isAllowed({ action: 's3:GetObject', resource }))
    throw validationError('S3 error: Access Denied');
  try {
    return (await s3.get(bucket, key)).body.toString('utf8');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw validationError(`S3 error: ${error.message}`);
  }
}

/** Throws AwsError ValidationError if it is none. */
export function templateOf(source: unknown): Template {
  try {
    return parseTemplate(source);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw validationError(`Template validation error: ${error.message}`);
  }
}

/** Source: CloudFormation API reference, CreateChangeSet, Capabilities. */
function requireCapabilities(template: Template, given: readonly string[]): void {
  const needed = capabilityFor(template);
  if (needed === undefined || given.includes(needed) || given.includes('CAPABILITY_NAMED_IAM')) return;
  const message = `Requires capabilities : [${needed}]`;
  throw new AwsError('InsufficientCapabilitiesException', 400, message);
}

/** Undefined: it needs none. */
export function capabilityFor({ Resources }: Template): string | undefined {
  const iam = Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'));
  const isNamed = iam.some(({ Properties }) =>
    ['RoleName', 'UserName', 'GroupName'].some((name) => name in Properties),
  );
  if (iam.length === 0) return undefined;
  return isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
}

/** The values that are given; for UsePreviousValue, those from before. */
function parametersIn(
  input: URLSearchParams,
  { Parameters }: Template,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const given = structuresIn(input, 'Parameters').flatMap(
    ({ ParameterKey = '', ParameterValue, UsePreviousValue }) => {
      const value = UsePreviousValue === 'true' ? before[ParameterKey] : ParameterValue;
      return value === undefined ? [] : [[ParameterKey, value] as const];
    },
  );
  const unknown = given.map(([name]) => name).filter((name) => !(name in Parameters));
  if (unknown.length > 0)
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const values = Object.fromEntries(given);
  const missing = Object.keys(Parameters).filter(
    (name) => values[name] === undefined && Parameters[name]?.Default === undefined,
  );
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}
