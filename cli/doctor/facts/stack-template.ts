import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import { fact, type Look } from '../look.ts';

const Template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.looseObject({}).default({}),
      DeletionPolicy: z.string().default('Delete'),
    }),
  ),
});

/** The deployed template, as text. CloudFormation puts a `?` in the place of each character that is not ASCII. */
export const templateText = fact(async (look): Promise<string> => {
  const cloudFormation = look.client(CloudFormationClient);
  const command = new GetTemplateCommand({ StackName: look.stackName });
  const { TemplateBody = '' } = await look.ask('cloudformation:GetTemplate', () =>
    cloudFormation.send(command),
  );
  return TemplateBody;
});

const templateResources = async (look: Look) =>
  Object.entries(Template.parse(JSON.parse(await templateText(look))).Resources);

/**
 * Properties of the resources in the deployed template, by logical id. Throws an Error if the template is not
 * JSON, which templates of this project are.
 */
export async function templateProperties(
  look: Look,
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  return new Map((await templateResources(look)).map(([id, { Properties }]) => [id, Properties]));
}

/** Logical ids of what CloudFormation keeps when the stack is deleted. Throws as `templateProperties` does. */
export async function keptIds(look: Look): Promise<ReadonlySet<string>> {
  const kept = (await templateResources(look)).filter(([, one]) => one.DeletionPolicy.startsWith('Retain'));
  return new Set(kept.map(([id]) => id));
}
