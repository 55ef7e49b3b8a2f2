import { z } from 'zod';
import { arnMatcher } from '../../gateway/policy-pattern.ts';
import { physicalName } from '../physical-name.ts';
import { parseProperties, type ResourceKind, type Stack } from '../resource-kind.ts';
import { requireFunction } from './lambda-function.ts';

const Properties = z.strictObject({
  FunctionName: z.string(),
  Action: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
  FunctionUrlAuthType: z.enum(['NONE', 'AWS_IAM']).optional(),
  InvokedViaFunctionUrl: z.boolean().optional(),
});

/** AWS::Lambda::Permission: checked when a rule or a function URL is deployed. */
export const lambdaPermission: ResourceKind = {
  identify: ({ stackName, logicalId, seed }) => ({
    ref: physicalName({ stackName, logicalId, seed, longest: 100 }),
    attributes: {},
  }),
  deploy(resource, stack) {
    const given = parseProperties(Properties, resource);
    const { arn } = requireFunction(given.FunctionName, stack, resource.where);
    stack.cloud.lambda.policies.permit(arn, statementOf(given, { arn, sid: resource.identity().ref }));
  },
  remove({ identity }, { cloud }) {
    cloud.lambda.policies.forbid(identity().ref);
  },
};

/** As GetPolicy shows it. */
function statementOf(given: z.infer<typeof Properties>, { arn, sid }: { arn: string; sid: string }) {
  const { SourceArn, SourceAccount, FunctionUrlAuthType, InvokedViaFunctionUrl } = given;
  const equal = {
    ...(SourceAccount !== undefined && { 'AWS:SourceAccount': SourceAccount }),
    ...(FunctionUrlAuthType && { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType }),
  };
  const Condition = {
    ...(Object.keys(equal).length > 0 && { StringEquals: equal }),
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(InvokedViaFunctionUrl && { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }),
  };
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: principalOf(given.Principal),
    Action: given.Action,
    Resource: arn,
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
}

function principalOf(name: string) {
  if (name === '*') return name;
  return name.includes('.amazonaws.com') ? { Service: name } : { AWS: name };
}

/**
 * Whether a function's own policy allows `principal` the `action`, from `sourceArn`. A permission for
 * function URLs is not valid for other sources.
 */
export function permits(
  stack: Stack,
  asked: {
    functionArn: string;
    action: string;
    principal: string;
    sourceArn?: string;
    /** The auth type of the function URL, if the call comes through one. */
    urlAuthType?: 'NONE';
  },
): boolean {
  return stack.ofType('AWS::Lambda::Permission').some((resource) => {
    const given = parseProperties(Properties, resource);
    if (given.Action !== asked.action || given.Principal !== asked.principal) return false;
    if (requireFunction(given.FunctionName, stack, resource.where).arn !== asked.functionArn) return false;
    if (given.SourceAccount !== undefined && given.SourceAccount !== stack.account.id) return false;
    const { FunctionUrlAuthType: authType = asked.urlAuthType } = given;
    if (authType !== asked.urlAuthType) return false;
    if (given.InvokedViaFunctionUrl === true && asked.urlAuthType === undefined) return false;
    return given.SourceArn === undefined || arnMatcher(given.SourceArn)(asked.sourceArn ?? '');
  });
}
