import { uuidOf } from '../../template/physical-name.ts';
import type { FlowStore, StoredFlow } from './flow/flow-store.ts';
import type { CallOrder } from './voice/flow-call.ts';
import { instanceParts, type World } from './world.ts';

/** A number of the instance, and the flow that answers it. */
interface AnsweredNumber {
  /** E.164 */
  readonly number: string;
  /** Absent: it has no flow, or its flow does not exist. */
  readonly flow?: StoredFlow;
}

/** Which flow answers which number. */
export interface PhoneNumbers {
  /** `flow`: by name, id or ARN. */
  readonly assign: (phoneNumber: string, flow: string) => void;
  /** The flow that the order names, or that answers the number dialled. Throws an Error if there is none. */
  readonly flowFor: (order: Pick<CallOrder, 'flow' | 'to'>) => StoredFlow;
  /** All claimed numbers. */
  readonly all: () => readonly AnsweredNumber[];
}

export function createPhoneNumbers({
  world,
  flows,
}: {
  world: Pick<World, 'phoneNumber' | 'claimedNumbers'>;
  flows: FlowStore;
}): PhoneNumbers {
  const claimed = world.claimedNumbers ?? [{ number: world.phoneNumber }];
  /** Undefined: the number has no flow. */
  const flowByNumber = new Map<string, string | undefined>(claimed.map(({ number, flow }) => [number, flow]));
  const find = (wanted: string) => flows.find(wanted) ?? flows.named(wanted);
  return {
    assign: (phoneNumber, flow) => void flowByNumber.set(phoneNumber, flow),
    flowFor({ flow, to = world.phoneNumber }) {
      const wanted = flow ?? flowByNumber.get(to);
      if (wanted === undefined) throw new Error(`no flow answers ${to}`);
      const found = find(wanted);
      if (found) return found;
      const names = flows.all().map(({ name }) => name);
      throw new Error(`the instance has no flow ${wanted}; it has: ${names.join(', ')}`);
    },
    all: () =>
      [...flowByNumber].map(([number, wanted]) => {
        const flow = wanted === undefined ? undefined : find(wanted);
        return { number, ...(flow && { flow }) };
      }),
  };
}

/** A number belongs to the account, and not to the instance. */
export function phoneNumberArn(world: World, number: string): string {
  const { partition, region, accountId } = instanceParts(world);
  return `arn:${partition}:connect:${region}:${accountId}:phone-number/${uuidOf(number)}`;
}

/** A number as the API lists it. Countries and other types than DID are not simulated. */
export function phoneNumberSummary(world: World, number: string) {
  return {
    PhoneNumberId: uuidOf(number),
    PhoneNumberArn: phoneNumberArn(world, number),
    PhoneNumber: number,
    PhoneNumberType: 'DID',
    TargetArn: world.instanceArn,
    InstanceId: instanceParts(world).instanceId,
  };
}
