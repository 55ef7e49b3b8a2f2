import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Simulator } from '../../simulator/simulator.ts';
import { CALLER, spokenNoise } from './laptop.ts';

/** What goes wrong with voicemails in the tests of alarms. */

export const MESSAGE = { from: CALLER, audio: spokenNoise(1) };

/** The contact record of a task whose voicemail is not in the ledger any more. */
export function endTaskOfNobody({ clock, connect, kinesis }: Simulator): void {
  const contactId = '7a5c0000-0000-4000-8000-00000000a5c1';
  const at = new Date(clock.now()).toISOString().replace(/\.\d+Z/, 'Z');
  const record = {
    ContactId: contactId,
    Channel: 'TASK',
    InstanceARN: connect.world.instanceArn,
    Attributes: { vmx3_contact_id: contactId },
    InitiationTimestamp: at,
    DisconnectTimestamp: at,
    DisconnectReason: 'EXPIRED',
  };
  kinesis.put(connect.world.contactRecordStreamArn, JSON.stringify(record), contactId);
}

/** A voicemail that is mailed to this address. */
export function mailTo({ connect }: Simulator, email_to: string): void {
  connect.placeCall({ ...MESSAGE, attributes: { vmx3_flag: '1', vmx3_mode: 'email', email_to } });
}

/** SES's event about a mail of ours that it did not send. */
export function tellOfMail(
  simulator: Simulator,
  eventType: 'Reject' | 'Rendering Failure',
  contactId: string,
): void {
  const mail = { messageId: 'mail', tags: { 'contact-id': [contactId] } };
  sendTo(simulator, 'delivery-queue', JSON.stringify({ source: 'aws.ses', detail: { eventType, mail } }));
}

/** By default a message that no function can process. */
export function sendTo({ deployment: { queues }, sqs }: Simulator, queue: string, body = '{}'): void {
  const wanted = `${queue.replaceAll('-', '')}Queue`;
  const id = Object.keys(queues).find((name) => name.startsWith(wanted));
  sqs.send(queues[id ?? '']?.arn ?? '', body);
}

/** Voicemails like a delivered one, that did not move and were pushed so often. */
export async function plantOverdue(
  { endpoint, credentials, deployment, clock }: Simulator,
  { like, attempts, count = 1 }: { like: string; attempts: number; count?: number },
): Promise<void> {
  const client = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
  const documents = DynamoDBDocumentClient.from(client);
  const [TableName] = Object.values(deployment.tables).map(({ name }) => name);
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { contactId: like } }));
  const { voicemail } = z.object({ voicemail: z.record(z.string(), z.unknown()) }).parse(Item);
  for (let number = 0; number < count; number++) {
    const contactId = crypto.randomUUID();
    const dueAtMs = clock.now() - 1;
    const entry = { contactId, state: 'delivering', open: '1', dueAtMs, attempts };
    const Put = new PutCommand({ TableName, Item: { ...entry, voicemail: { ...voicemail, contactId } } });
    await documents.send(Put);
  }
  client.destroy();
}
