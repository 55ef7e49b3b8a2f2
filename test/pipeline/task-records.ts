import { contactRecord, INSTANCE_ARN } from '../contact-record.ts';
import type { Random } from './disorder.ts';
import type { InMemoryCloud } from './in-memory.ts';

/** What Amazon Connect writes of a task that has ended. */
export interface TaskRecord {
  readonly taskId: string;
  readonly record: string;
  isNoted: boolean;
}

interface TaskWorld {
  readonly random: Random;
  readonly cloud: InMemoryCloud;
  readonly taskRecords: TaskRecord[];
  readonly time: { readonly nowMs: number };
}

/** Who takes tasks. */
export const ANA = `${INSTANCE_ARN}/agent/ana`;

/** Amazon Connect's event, which may come before, after, or in place of what the record says of the same. */
function tellTaken({ cloud, random, time }: TaskWorld, taskId: string, contactId: string): void {
  if (random.chance(0.2)) return;
  const detail = {
    eventType: 'CONNECTED_TO_AGENT',
    channel: 'TASK',
    contactId: taskId,
    relatedContactId: contactId,
    agentInfo: { agentArn: ANA, connectedToAgentTimestamp: new Date(time.nowMs).toISOString() },
  };
  cloud.send('delivery', JSON.stringify({ 'detail-type': 'Amazon Connect Contact Event', detail }));
}

/** A task ends before an agent takes it, or after. */
export function endTask(world: TaskWorld): void {
  const { cloud, random, taskRecords, time } = world;
  const open = cloud.tasks.filter(({ id }) => !taskRecords.some(({ taskId }) => taskId === id));
  if (open.length === 0) return;
  const { id: taskId, contactId } = random.pick(open);
  const isUnseen = random.chance(0.6);
  if (isUnseen) cloud.arrivals.endUnseen(contactId);
  else tellTaken(world, taskId, contactId);
  const record = contactRecord({
    ContactId: taskId,
    Channel: 'TASK',
    Agent: isUnseen
      ? null
      : { Username: 'ana.ruiz', ARN: ANA, ConnectedToAgentTimestamp: timeOf(time.nowMs) },
    Attributes: { vmx3_flag: '1', vmx3_contact_id: contactId },
    DisconnectReason: isUnseen ? 'EXPIRED' : 'AGENT_DISCONNECT',
    DisconnectTimestamp: timeOf(time.nowMs),
  });
  taskRecords.push({ taskId, record, isNoted: false });
}

/** As contact records have it, in whole seconds. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '');
}
