import { z } from 'zod';
import { uuidOf } from '../physical-name.ts';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { requireInstance } from './connect-instance.ts';
import { permits } from './lambda-permission.ts';

const CONNECT = 'connect.amazonaws.com';

const Properties = z.strictObject({
  /** The ARN of the instance, despite the property's name. */
  InstanceId: z.string(),
  IntegrationArn: z.string(),
  IntegrationType: z.literal('LAMBDA_FUNCTION', { error: 'only functions are known to the simulator' }),
});

/**
 * AWS::Connect::IntegrationAssociation: lets flows invoke a function.
 *
 * Throws TemplateError if the function does not permit the instance. AWS deploys that, and then every
 * invocation takes its error branch.
 */
export const connectIntegration: ResourceKind = {
  identify: ({ property, seed }) => ({
    ref: ['InstanceId', 'IntegrationType', 'IntegrationArn'].map((name) => String(property(name))).join('|'),
    attributes: { IntegrationAssociationId: uuidOf(seed) },
  }),
  deploy(resource, stack) {
    const { where } = resource;
    const { InstanceId: instanceArn, IntegrationArn: functionArn } = parseProperties(Properties, resource);
    const { connect } = stack.cloud;
    requireInstance(instanceArn, connect, where);
    if (!stack.byArn('AWS::Lambda::Function', functionArn)) {
      throw new TemplateError(`${where}: the template has no function ${functionArn}`);
    }
    const asked = { functionArn, action: 'lambda:InvokeFunction', principal: CONNECT };
    if (!permits(stack, { ...asked, sourceArn: instanceArn })) {
      throw new TemplateError(
        `${where}: no AWS::Lambda::Permission lets ${CONNECT} invoke ${functionArn} from ${instanceArn}`,
      );
    }
    connect.functions.associate(functionArn);
  },
  remove(resource, { cloud: { connect } }) {
    connect.functions.disassociate(parseProperties(Properties, resource).IntegrationArn);
  },
};
