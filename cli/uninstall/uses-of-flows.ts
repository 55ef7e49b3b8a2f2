import { answeredNumbers } from '../doctor/facts/answered-numbers.ts';
import { lastDigitsOfNumbers } from '../doctor/facts/claimed-numbers.ts';
import { flowList } from '../doctor/facts/flow-list.ts';
import { idsIn, readFlows } from '../doctor/facts/read-flows.ts';
import { type StackFlow, stackFlows } from '../doctor/facts/stack-flows.ts';
import type { Look } from '../doctor/look.ts';

/** A number, or a flow of the customer's, that would lead nowhere without the stack. */
interface UseOfFlow {
  /** A whole sentence. Of a number it has the last four digits only. */
  readonly what: string;
  /** What to do in the Amazon Connect console. */
  readonly remedy: string;
}

interface UsesOfFlows {
  readonly uses: readonly UseOfFlow[];
  /** How many flows were not read, because reading all would take too long. */
  readonly leftOut: number;
}

/** Everything that names a flow or module of the stack. What leads there by way of other flows is not listed itself. */
export async function usesOfFlows(look: Look): Promise<UsesOfFlows> {
  const ours = await stackFlows(look);
  if (!ours) return { uses: [], leftOut: 0 };
  const names = new Map((await flowList(look)).map(({ id, name }) => [id, name]));
  const named = new Map(ours.map((flow) => [flow.id, inWords(flow, names)]));
  const { flows, leftOut } = await readFlows(look);
  const ofFlows = flows
    .filter(({ isOurs }) => !isOurs)
    .flatMap(({ name, type, document }) => {
      const used = [...new Set(idsIn(document))].flatMap((id) => named.get(id) ?? []);
      return used.length === 0 ? [] : [useByFlow(name, type === 'MODULE', used)];
    });
  return { uses: [...(await usesByNumbers(named, look)), ...ofFlows], leftOut };
}

async function usesByNumbers(named: ReadonlyMap<string, string>, look: Look): Promise<readonly UseOfFlow[]> {
  const leading = (await answeredNumbers(look)).flatMap(({ numberArn, flowId }) => {
    const flow = named.get(flowId);
    return flow === undefined ? [] : [{ numberArn, flow }];
  });
  if (leading.length === 0) return [];
  const digits = await lastDigitsOfNumbers(look);
  return leading.map(({ numberArn, flow }) => ({
    what: `The telephone number ${numberInWords(numberArn, digits)} leads to ${flow}.`,
    remedy: 'Amazon Connect console, Channels, Phone numbers: choose another flow for it.',
  }));
}

/** A number that the instance shares by a traffic distribution group is not among those of the instance. */
function numberInWords(arn: string, digits: ReadonlyMap<string, string>): string {
  const last = digits.get(arn);
  return last === undefined ? `with the id ${arn.slice(arn.lastIndexOf('/') + 1)}` : `…${last}`;
}

function useByFlow(name: string, isModule: boolean, used: readonly string[]): UseOfFlow {
  const kind = isModule ? 'module' : 'flow';
  return {
    what: `Your ${kind} "${name}" leads to ${used.join(' and ')}.`,
    remedy: `Amazon Connect console, Routing, Flows: take ${used.length === 1 ? 'it' : 'them'} out of "${name}", and publish that.`,
  };
}

/** `the module "Voicemail module" of the stack` */
function inWords({ id, isModule, logicalId }: StackFlow, names: ReadonlyMap<string, string>): string {
  return `the ${isModule ? 'module' : 'flow'} "${names.get(id) ?? logicalId}" of the stack`;
}
