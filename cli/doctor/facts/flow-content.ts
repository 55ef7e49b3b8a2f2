import {
  ConnectClient,
  DescribeContactFlowCommand,
  DescribeContactFlowModuleCommand,
} from '@aws-sdk/client-connect';
import { type FlowDocument, FlowDocumentError, parseFlow } from '../../../flows/language/document.ts';
import { fact, type Look } from '../look.ts';
import type { ListedFlow } from './flow-list.ts';
import { unlessGone } from './unless-gone.ts';

type Content =
  | { readonly kind: 'read'; readonly document: FlowDocument }
  /** It was deleted after it was listed, was never published, or has an unknown format. */
  | { readonly kind: 'unreadable' };

const UNREADABLE: Content = { kind: 'unreadable' };

/** Contents that were requested before, by the flow's id. */
const known = fact(() => Promise.resolve(new Map<string, Promise<Content>>()));

/** The published content of a flow or module. Makes one call for each flow. */
export async function flowContent(
  { id, type }: Pick<ListedFlow, 'id' | 'type'>,
  look: Look,
): Promise<Content> {
  const contents = await known(look);
  const before = contents.get(id);
  if (before) return before;
  const reading = (type === 'MODULE' ? moduleText(id, look) : flowText(id, look)).then(contentOf);
  contents.set(id, reading);
  return reading;
}

async function flowText(ContactFlowId: string, look: Look): Promise<string | undefined> {
  const connect = look.client(ConnectClient);
  const command = new DescribeContactFlowCommand({ InstanceId: look.home.instanceId, ContactFlowId });
  try {
    const asking = look.ask('connect:DescribeContactFlow', () => connect.send(command));
    return (await unlessGone(asking))?.ContactFlow?.Content;
  } catch (error) {
    if (error instanceof Error && error.name === 'ContactFlowNotPublishedException') return undefined;
    throw error;
  }
}

async function moduleText(ContactFlowModuleId: string, look: Look): Promise<string | undefined> {
  const connect = look.client(ConnectClient);
  const command = new DescribeContactFlowModuleCommand({
    InstanceId: look.home.instanceId,
    ContactFlowModuleId,
  });
  const asking = look.ask('connect:DescribeContactFlowModule', () => connect.send(command));
  return (await unlessGone(asking))?.ContactFlowModule?.Content;
}

function contentOf(text: string | undefined): Content {
  if (text === undefined) return UNREADABLE;
  try {
    return { kind: 'read', document: parseFlow(text) };
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    return UNREADABLE;
  }
}
