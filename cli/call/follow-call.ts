import { OrderRefusedError, placeCall, type RemoteCall } from '../../laptop/call-client.ts';
import { timelineOf } from '../../laptop/timeline.ts';
import { shownTime } from '../../simulator/control/call-time.ts';
import type { CallEvent, CallRequest } from '../../simulator/control/control-schema.ts';
import type { Happening } from '../../simulator/happenings.ts';
import { InputError, RefusedError } from '../command.ts';
import type { PlayedCall } from './report.ts';

interface Followed {
  readonly endpoint: string;
  readonly order: CallRequest;
  /** For the timeline. */
  readonly write: (line: string) => void;
  /** For what the call waits for. */
  readonly tell: (line: string) => void;
  readonly interrupted: Promise<'interrupted'>;
}

/**
 * Places a call in a simulator, and shows what happens to it. A person who ends it hangs up. Throws InputError for
 * an order that the simulator refuses, RefusedError if the simulator ends meanwhile.
 */
export async function followCall({
  interrupted,
  ...followed
}: Followed): Promise<PlayedCall | 'interrupted'> {
  const call = await placeCall(followed.endpoint, followed.order).catch((error: unknown) => {
    if (error instanceof OrderRefusedError) throw new InputError(error.message, { cause: error });
    throw gone(followed.endpoint, error);
  });
  const played = await Promise.race([toItsEnd(call, followed), interrupted]);
  // If the simulator ends at the same time, there is nobody who could hang up.
  if (played === 'interrupted') await call.hangUp().catch(() => {});
  return played;
}

async function toItsEnd(
  call: RemoteCall,
  { endpoint, write, tell }: Pick<Followed, 'endpoint' | 'write' | 'tell'>,
): Promise<PlayedCall> {
  const flowLog: unknown[] = [];
  let contactId: string | undefined;
  let show: ReturnType<typeof timelineOf> | undefined;
  try {
    for await (const event of call.events()) {
      if (event.kind === 'result') return { contactId, end: event, flowLog };
      if (event.kind === 'placed') {
        ({ contactId } = event);
        show = timelineOf(write, new Map(Object.entries(event.functions)));
      }
      if (event.kind !== 'happening') tell(inWords(event));
      else show?.(event.happening);
      if (event.kind === 'happening') flowLog.push(...flowLogOf(event.happening));
    }
  } catch (error) {
    throw gone(endpoint, error);
  }
  throw gone(endpoint);
}

function flowLogOf(happening: Happening): readonly unknown[] {
  if (happening.kind === 'flow-log') return [happening.entry];
  if (happening.kind !== 'not-simulated') return [];
  return [{ notSimulated: happening.action, reason: happening.reason }];
}

function inWords(event: Exclude<CallEvent, { kind: 'happening' | 'result' }>): string {
  switch (event.kind) {
    case 'waiting':
      return `Waiting until ${event.calls === 1 ? 'another call is' : `${event.calls} other calls are`} over: then the clock leaps …`;
    case 'leapt':
      return `The simulator's clock leaps from ${shownTime(event.fromMs, event.timeZone)} to ${shownTime(event.toMs, event.timeZone)}, for everybody.`;
    case 'placed':
      return `The call comes in on ${shownTime(event.atMs, event.timeZone)}; the flow "${event.flow}" answers.\n`;
  }
}

function gone(endpoint: string, cause?: unknown): RefusedError {
  return new RefusedError(`the simulator at ${endpoint} has ended before the call was over`, { cause });
}
