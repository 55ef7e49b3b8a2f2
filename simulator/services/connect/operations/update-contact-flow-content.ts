import { FlowDocumentError, parseFlow } from '../../../../flows/language/document.ts';
import { publishProblems } from '../../../../flows/language/publish-problems.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { permission, requireInstance, requireText, resourceNotFound } from '../input.ts';
import type { ConnectParts } from '../parts.ts';

/** Publishes new content of a flow, as the designer does. Contacts in the flow continue with the old one. */
export function updateContactFlowContent({ world, flows }: ConnectParts): RestOperation {
  const name = 'UpdateContactFlowContent';
  return {
    name,
    method: 'POST',
    path: '/contact-flows/{InstanceId}/{ContactFlowId}/content',
    needs: ({ params: { InstanceId: instanceId, ContactFlowId: id } }) => [
      permission(name, world, { instanceId, resource: `contact-flow/${id}` }),
    ],
    answer({ params: { InstanceId: instanceId, ContactFlowId: id = '' }, input }) {
      requireInstance(world, instanceId);
      const flow = flows.find(id);
      if (!flow || flow.type === 'MODULE') throw resourceNotFound(`Flow not found: ${id}`);
      const content = requireText(input, 'Content', { max: Infinity });
      const document = documentOf(content);
      const problems = publishProblems(document, flow.type);
      if (problems.length > 0) throw refused(problems);
      flows.add({ ...flow, document, content });
    },
  };
}

function documentOf(content: string) {
  try {
    return parseFlow(content);
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    throw refused([error.message]);
  }
}

function refused(problems: readonly string[]): AwsError {
  return new AwsError('InvalidContactFlowException', 400, 'Invalid contact flow', {
    problems: problems.map((message) => ({ message })),
  });
}
