import type { FlowStore, StoredFlow } from './flow/flow-store.ts';
import type { CallOrder } from './voice/flow-call.ts';
import type { World } from './world.ts';

/** Which flow answers which number. */
export interface PhoneNumbers {
  /** `flow`: by name, id or ARN. */
  readonly assign: (phoneNumber: string, flow: string) => void;
  /** The flow that the order names, or that answers the number dialled. Throws an Error if there is none. */
  readonly flowFor: (order: Pick<CallOrder, 'flow' | 'to'>) => StoredFlow;
}

export function createPhoneNumbers({
  world,
  flows,
}: {
  world: Pick<World, 'phoneNumber'>;
  flows: FlowStore;
}): PhoneNumbers {
  const flowByNumber = new Map<string, string>();
  return {
    assign: (phoneNumber, flow) => void flowByNumber.set(phoneNumber, flow),
    flowFor({ flow, to = world.phoneNumber }) {
      const wanted = flow ?? flowByNumber.get(to);
      if (wanted === undefined) throw new Error(`no flow answers ${to}`);
      const found = flows.find(wanted) ?? flows.named(wanted);
      if (found) return found;
      const names = flows.all().map(({ name }) => name);
      throw new Error(`the instance has no flow ${wanted}; it has: ${names.join(', ')}`);
    },
  };
}
