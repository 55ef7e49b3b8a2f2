import { APIName, GetDataEndpointCommand, type KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { SignatureV4 } from '@smithy/signature-v4';
import { z } from 'zod';

/** AWS's refusal, in the form of the SDK's errors. */
class MediaRefused extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(name: string, message: string, httpStatusCode: number) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}

const ANSWER_PATIENCE_MS = 30_000;

const acknowledgement = z.object({
  EventType: z.string(),
  FragmentNumber: z.string().optional(),
  ErrorCode: z.union([z.string(), z.number()]).optional(),
});

/**
 * Puts fragments onto a video stream. Answers their numbers, in the order of arrival. The SDK for JavaScript has no
 * PutMedia, so its request is made here, and signed as AWS's own producers do: without the body, which they send while
 * they record it.
 *
 * Source: Kinesis Video Streams API reference, PutMedia; the producer SDK for Java, KinesisVideoAWS4Signer.
 */
export async function putMedia(
  client: KinesisVideoClient,
  { streamName, media }: { streamName: string; media: Uint8Array },
): Promise<readonly string[]> {
  const command = new GetDataEndpointCommand({ StreamName: streamName, APIName: APIName.PUT_MEDIA });
  const { DataEndpoint = '' } = await client.send(command);
  const url = new URL('/putMedia', DataEndpoint);
  const answer = await fetch(url, {
    method: 'POST',
    headers: await signedHeaders(client, url, streamName),
    body: media,
    signal: AbortSignal.timeout(ANSWER_PATIENCE_MS),
  });
  const text = await answer.text();
  if (!answer.ok) {
    const name = answer.headers.get('x-amzn-errortype') ?? answer.headers.get('x-amz-errortype') ?? 'Unknown';
    throw new MediaRefused(name.replace(/[:#].*$/, ''), messageIn(text), answer.status);
  }
  return numbersIn(text);
}

async function signedHeaders(
  { config }: KinesisVideoClient,
  url: URL,
  streamName: string,
): Promise<Record<string, string>> {
  const { credentials, sha256, systemClockOffset } = config;
  const signer = new SignatureV4({ service: 'kinesisvideo', region: config.region, credentials, sha256 });
  const now = Date.now() + systemClockOffset;
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      headers: {
        host: url.host,
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
        'x-amzn-stream-name': streamName,
        'x-amzn-fragment-timecode-type': 'ABSOLUTE',
        'x-amzn-producer-start-timestamp': (now / 1000).toFixed(3),
        'x-amzn-fragment-acknowledgment-required': '1',
      },
    },
    { signingDate: new Date(now) },
  );
  return headers;
}

/** Each acknowledgement is a JSON object without objects in it; between two there may be a line's end, or nothing. */
function numbersIn(text: string): readonly string[] {
  const events = [...text.matchAll(/\{[^{}]*\}/g)].map(([json]) => acknowledgement.parse(JSON.parse(json)));
  const failure = events.find(({ EventType }) => EventType === 'ERROR');
  if (failure)
    throw new MediaRefused(
      'PutMediaError',
      `a fragment was refused: ${failure.ErrorCode ?? 'no reason'}`,
      400,
    );
  const stored = events.filter(({ EventType }) => EventType === 'PERSISTED');
  const numbers = stored.flatMap(({ FragmentNumber }) => FragmentNumber ?? []);
  if (numbers.length === 0) throw new MediaRefused('PutMediaError', 'no fragment was stored', 400);
  return numbers.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
}

function messageIn(text: string): string {
  try {
    const { Message, message } = z
      .object({ Message: z.string().optional(), message: z.string().optional() })
      .parse(JSON.parse(text));
    return Message ?? message ?? 'without a reason';
  } catch {
    return 'without a reason that could be read';
  }
}
