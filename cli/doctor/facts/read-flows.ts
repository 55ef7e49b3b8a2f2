import type { FlowDocument, FlowType } from '../../../flows/language/document.ts';
import { textsIn } from '../../../flows/language/texts-in.ts';
import { attributeUse } from '../../../flows/lint/attribute-use.ts';
import { flagChange } from '../../../flows/lint/voicemail-actions.ts';
import { fact, type Look } from '../look.ts';
import { answeredNumbers } from './answered-numbers.ts';
import { flowContent } from './flow-content.ts';
import { flowList, type ListedFlow } from './flow-list.ts';
import { stackFlows } from './stack-flows.ts';

/** A flow whose content was read. */
export interface ReadFlow extends ListedFlow {
  readonly document: FlowDocument;
  /** The stack created it. */
  readonly isOurs: boolean;
  /** A telephone number leads to it, directly or through other flows. */
  readonly isReached: boolean;
  /** It sets or reads an attribute of voicemail, or names a flow of the stack. */
  readonly hasVoicemail: boolean;
  /** It sets the flag that makes a contact a voicemail. */
  readonly takesVoicemail: boolean;
}

export interface ReadFlows {
  readonly flows: readonly ReadFlow[];
  /** The number of flows that were not read, because reading all would take too long. */
  readonly leftOut: number;
  /** The number of telephone numbers that have a flow. */
  readonly answeredNumbers: number;
}

/** In addition to the flows of the stack. At two calls a second, this takes 20 seconds. */
const MOST_READ = 40;

/** The order in which flows are read, after those that a number leads to. */
const TYPES_FIRST: readonly (FlowType | undefined)[] = [
  'CONTACT_FLOW',
  'MODULE',
  'CUSTOMER_QUEUE',
  'QUEUE_TRANSFER',
  'AGENT_TRANSFER',
];

/**
 * The flows of the instance with their content. Reads the flows that numbers lead to first, then those of the
 * stack, then others.
 */
export const readFlows = fact(async (look): Promise<ReadFlows> => {
  const [all, ours = [], numbers] = await Promise.all([
    flowList(look),
    stackFlows(look),
    answeredNumbers(look),
  ]);
  const active = all.filter(({ isArchived }) => !isArchived);
  const byId = new Map(active.map((flow) => [flow.id, flow]));
  const ourIds = new Set(ours.map(({ id }) => id));
  const reader = readerOf(byId, ourIds, look);

  const reached = new Set<string>();
  const open = numbers.map(({ flowId }) => flowId);
  for (const id of open) {
    const flow = byId.get(id);
    if (!flow || reached.has(id)) continue;
    reached.add(id);
    const document = await reader.read(flow);
    if (document) open.push(...idsNamedIn(document, byId));
  }
  const others = active
    .filter(({ id }) => !reached.has(id))
    .toSorted((a, b) => rankOf(a, ourIds) - rankOf(b, ourIds));
  for (const flow of others) await reader.read(flow);

  const flows = [...reader.documents].map(([flow, document]) => ({
    ...flow,
    document,
    isOurs: ourIds.has(flow.id),
    isReached: reached.has(flow.id),
    hasVoicemail: ourIds.has(flow.id) || namesVoicemail(document, ourIds),
    takesVoicemail: document.Actions.some((action) => flagChange(action) === 'sets'),
  }));
  return { flows, leftOut: reader.leftOut(), answeredNumbers: numbers.length };
});

/** Reads flows, up to the limit. Flows of the stack do not count. */
function readerOf(byId: ReadonlyMap<string, ListedFlow>, ourIds: ReadonlySet<string>, look: Look) {
  const documents = new Map<ListedFlow, FlowDocument>();
  const total = Math.min(byId.size, MOST_READ + ourIds.size);
  let asked = 0;
  let leftOut = 0;
  return {
    documents,
    leftOut: () => leftOut,
    async read(flow: ListedFlow): Promise<FlowDocument | undefined> {
      const isOurs = ourIds.has(flow.id);
      if (!isOurs && asked >= MOST_READ) {
        leftOut += 1;
        return undefined;
      }
      if (!isOurs) asked += 1;
      look.progress(`flows: ${documents.size} of ${total}`);
      const content = await flowContent(flow, look);
      if (content.kind === 'unreadable') return undefined;
      documents.set(flow, content.document);
      return content.document;
    },
  };
}

function rankOf({ id, type }: ListedFlow, ourIds: ReadonlySet<string>): number {
  if (ourIds.has(id)) return -1;
  const place = TYPES_FIRST.indexOf(type);
  return place === -1 ? TYPES_FIRST.length : place;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** All ids in the parameters of a flow: of flows, queues, prompts and others. */
export function idsIn(document: FlowDocument): readonly string[] {
  const texts = document.Actions.flatMap(({ Parameters }) => textsIn(Parameters));
  return texts.flatMap(({ text }) => text.match(UUID) ?? []);
}

function idsNamedIn(document: FlowDocument, byId: ReadonlyMap<string, unknown>): readonly string[] {
  return idsIn(document).filter((id) => byId.has(id));
}

function namesVoicemail(document: FlowDocument, ourIds: ReadonlySet<string>): boolean {
  const { set, read } = attributeUse(document.Actions);
  return (
    [...set, ...read].some((name) => name.startsWith('vmx3_')) || idsIn(document).some((id) => ourIds.has(id))
  );
}
