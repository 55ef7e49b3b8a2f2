import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import { fact } from '../look.ts';

const Template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.looseObject({}).default({}) }),
  ),
});

/**
 * Properties of the resources in the deployed template, by logical id. Throws an Error if the template is not
 * JSON, which templates of this project are.
 */
export const templateProperties = fact(
  async (look): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> => {
    const cloudFormation = look.client(CloudFormationClient);
    const command = new GetTemplateCommand({ StackName: look.stackName });
    const { TemplateBody = '' } = await look.ask('cloudformation:GetTemplate', () =>
      cloudFormation.send(command),
    );
    const { Resources: resources } = Template.parse(JSON.parse(TemplateBody));
    return new Map(Object.entries(resources).map(([id, { Properties }]) => [id, Properties]));
  },
);
