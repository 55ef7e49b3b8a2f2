import type { Contact } from '../contacts/contact.ts';
import { endpoint, segmentAttributes } from '../contacts/contact-record.ts';
import { instanceParts, type QueuePlace, type World } from '../world.ts';

type Json = Readonly<Record<string, unknown>>;

const DEFAULT_LANGUAGE = 'en-US';

/**
 * A contact in the event of a function that a flow invokes, under
 * `Details.ContactData`, and as JSONPath sees it.
 *
 * What is absent is null, except that the first contact of a chain is its own
 * initial and previous one. Times of streaming are epoch milliseconds, as strings.
 */
export function contactData(contact: Contact, world: World): Json {
  return {
    Attributes: Object.fromEntries(contact.attributes),
    AwsRegion: instanceParts(world).region,
    Channel: contact.channel,
    ContactId: contact.id,
    CustomerEndpoint: endpoint(contact.customerNumber),
    CustomerId: contact.customerId ?? null,
    Description: contact.description ?? null,
    InitialContactId: contact.initialContactId ?? contact.id,
    InitiationMethod: contact.initiationMethod,
    InstanceARN: world.instanceArn,
    LanguageCode: contact.settings.languageCode ?? DEFAULT_LANGUAGE,
    MediaStreams: { Customer: { Audio: audioStream(contact) } },
    Name: contact.name ?? null,
    PreviousContactId: contact.previousContactId ?? contact.id,
    Queue: queue(currentQueue(contact), world),
    References: Object.fromEntries(
      Object.entries(contact.references).map(([name, { type, value }]) => [
        name,
        { Type: type, Value: value },
      ]),
    ),
    RelatedContactId: contact.relatedContactId ?? null,
    SegmentAttributes: segmentAttributes(contact),
    SystemEndpoint: endpoint(contact.systemNumber),
    Tags: Object.fromEntries(contact.tags),
  };
}

/** The queue in which the contact waits; otherwise its target queue; otherwise its last queue. */
export function currentQueue({ queueStay, settings }: Contact): QueuePlace | undefined {
  if (queueStay && queueStay.dequeuedAtMs === undefined) return queueStay.queue;
  return settings.targetQueue ?? queueStay?.queue;
}

function audioStream({ mediaStream }: Contact): Json | null {
  if (!mediaStream) return null;
  const { streamArn, startedAtMs, startFragmentNumber, stopFragmentNumber, stoppedAtMs } = mediaStream;
  return {
    StreamARN: streamArn,
    StartTimestamp: String(startedAtMs),
    ...(startFragmentNumber !== undefined && { StartFragmentNumber: startFragmentNumber }),
    ...(stopFragmentNumber !== undefined && { StopFragmentNumber: stopFragmentNumber }),
    ...(stoppedAtMs !== undefined && { StopTimestamp: String(stoppedAtMs) }),
  };
}

/** An agent's own queue has no name. */
function queue(place: QueuePlace | undefined, { phoneNumber }: World): Json | null {
  if (!place) return null;
  return { ARN: place.arn, Name: place.name ?? null, OutboundCallerId: endpoint(phoneNumber) };
}
