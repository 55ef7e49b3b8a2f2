import type { FlowDocument } from '../../flows/language/document.ts';
import { actionRule } from '../../flows/language/actions.ts';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createConnect } from '../../simulator/services/connect/connect.ts';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import type { CallerStep } from '../../simulator/services/connect/voice/caller-script.ts';
import { ok, type Remark, warning } from './judgment.ts';

const FLOW_ID = 'checked';
const HANGS_UP_AFTER_MS = 10 * 60_000;
const MENUS = Array.from({ length: 10 });

/** One who says nothing, and one who takes what every menu offers first. */
const CALLERS: readonly (readonly CallerStep[])[] = [
  [{ kind: 'stay' }],
  [...MENUS.map(() => ({ kind: 'press', keys: '1', when: 'asked' }) as const), { kind: 'stay' }],
];

/**
 * Has two callers ring at a flow, in an instance of its own within this process: nothing is sent. Queues, modules,
 * functions, prompts and bots of the flow are not in that instance, so it takes its error branches there.
 */
export async function remarksOnCalls(document: FlowDocument): Promise<readonly Remark[]> {
  const remarks: Remark[] = [];
  for (const script of CALLERS) remarks.push(...(await remarksOnCall(document, script)));
  return [...new Map(remarks.map((remark) => [remark.reason, remark])).values()];
}

async function remarksOnCall(
  document: FlowDocument,
  script: readonly CallerStep[],
): Promise<readonly Remark[]> {
  const clock = createClock('fast');
  const happenings = createHappenings();
  const remarks: Remark[] = [];
  happenings.listen((happening) => {
    if (happening.kind === 'not-simulated')
      remarks.push(ok(`not simulated: ${knownType(happening.actionType)}`));
  });
  const world = laptopWorld();
  const connect = createConnect({
    clock,
    happenings,
    kinesis: { put: () => undefined },
    kinesisVideo: { createStream: () => undefined, append: () => '1' },
    world: {
      ...world,
      flows: [...world.flows, { id: FLOW_ID, name: FLOW_ID, type: 'CONTACT_FLOW', document }],
    },
    delays: { contactRecordMs: 0 },
    throttle: false,
  });
  try {
    await connect.call({ from: 'anonymous', flow: FLOW_ID, script, hangUpAfterMs: HANGS_UP_AFTER_MS }).ended;
  } catch (error) {
    remarks.push(warning(`a simulated call ends with an error${placeOf(error, document)}`));
  } finally {
    clock.stop();
  }
  return remarks;
}

/** The interpreter's sentence quotes the flow. Only the type of the action is reported, if it is one of AWS's. */
function placeOf(error: unknown, { Actions }: FlowDocument): string {
  const message = error instanceof Error ? error.message : '';
  const action = Actions.find(({ Identifier, Type }) =>
    message.includes(`, action ${Identifier} (${Type}): `),
  );
  return action ? ` in ${knownType(action.Type)}` : '';
}

/** Whatever a file has for a type, only the names of AWS are reported. */
function knownType(type: string): string {
  return actionRule(type) ? type : 'an unknown type of action';
}
