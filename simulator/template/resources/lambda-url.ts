import { z } from 'zod';
import { FUNCTION_URL_PREFIX } from '../../services/lambda/function-urls.ts';
import {
  parseProperties,
  type ResourceKind,
  type Stack,
  type StackResource,
  type UnnamedResource,
} from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { requireFunction } from './lambda-function.ts';
import { permits } from './lambda-permission.ts';

const Properties = z.strictObject({
  TargetFunctionArn: z.string(),
  AuthType: z.literal('NONE', { error: 'only AuthType NONE is known to the simulator' }),
  InvokeMode: z.literal('BUFFERED').optional(),
  Cors: z.unknown().optional(),
});

/**
 * AWS::Lambda::Url. Here it is a path of the gateway, named after the function. It answers 403 without both
 * permissions that AWS requires since October 2025.
 */
export const lambdaUrl: ResourceKind = {
  identify(resource) {
    const arn = target(resource);
    return {
      ref: arn,
      attributes: {
        FunctionArn: arn,
        FunctionUrl: `${resource.cloud.endpoint()}${FUNCTION_URL_PREFIX}${nameIn(arn)}/`,
      },
    };
  },
  deploy: create,
  update: create,
  settle: create,
  remove(resource, stack) {
    const { TargetFunctionArn } = parseProperties(Properties, resource);
    const { arn } = requireFunction(TargetFunctionArn, stack, resource.where);
    stack.cloud.lambda.deleteUrl(nameIn(arn), TargetFunctionArn);
  },
};

/** Its permissions decide whether everybody may call it. */
function create(resource: StackResource, stack: Stack): void {
  const { TargetFunctionArn, AuthType: urlAuthType, Cors } = parseProperties(Properties, resource);
  const { arn: functionArn } = requireFunction(TargetFunctionArn, stack, resource.where);
  const isPublic = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].every((action) =>
    permits(stack, { functionArn, action, principal: '*', urlAuthType }),
  );
  const { FunctionUrl: url = '' } = resource.identity().attributes;
  stack.cloud.lambda.createUrl({
    urlId: nameIn(functionArn),
    functionArn,
    isPublic,
    url,
    ...(Cors !== undefined && { cors: Cors }),
  });
}

function target({ property, byArn, where }: UnnamedResource): string {
  const arn = property('TargetFunctionArn');
  const found = byArn('AWS::Lambda::Function', arn);
  if (!found || typeof arn !== 'string') {
    throw new TemplateError(`${where}: TargetFunctionArn is no function of the template`);
  }
  return arn;
}

/** Another stack has another function, and so another address. */
function nameIn(functionArn: string): string {
  return functionArn.slice(functionArn.lastIndexOf(':') + 1);
}
