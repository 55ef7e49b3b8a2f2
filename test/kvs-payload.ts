/**
 * Makes Kinesis Video Streams' answer for an Amazon Connect call, and the expected samples, for tests. One
 * EBML document per fragment:
 *
 *   EBML header | Segment, unknown size | Info | Tracks, named, pretending AAC
 *   | Tags of Kinesis Video Streams | Cluster, unknown size: blocks of 64 ms of
 *   every track in turn | Tags of Amazon Connect, after the audio
 */
interface PayloadFragment {
  readonly fragmentNumber?: string;
  readonly contactId?: string;
  /** 32 hex digits. */
  readonly segmentUid?: string;
  readonly startMs: number;
  /** Numbered 1, 2, ... in this order. */
  readonly tracks: readonly PayloadTrack[];
  readonly contactTags: 'before audio' | 'after audio';
}

interface PayloadTrack {
  readonly name: string;
  readonly pcm: Uint8Array;
}

const CALLER_TRACK = 'AUDIO_FROM_CUSTOMER';
const AGENT_TRACK = 'AUDIO_TO_CUSTOMER';
const BLOCK_BYTES = 1024;
const BLOCK_MS = 64;
const BLOCKS_PER_FRAGMENT = 16;
/** 47 digits: far beyond what a number holds. */
const FIRST_NUMBER = 91343852333181499999999999999900000000000000101n;
const UNKNOWN = 'unknown';

function fragmentPayload(fragment: PayloadFragment): Uint8Array {
  const { fragmentNumber, contactId, segmentUid, startMs, tracks, contactTags } = fragment;
  const contact = contactId ? [tags({ ContactId: contactId }, 8), ...CONTACT_TAGS] : [];
  return joined([
    EBML_HEADER,
    element('18538067', [], 8, UNKNOWN),
    element('1549a966', [
      ...(segmentUid ? [element('73a4', [hex(segmentUid)])] : []),
      element('2ad7b1', [uint(1_000_000, 4)], 8),
      element('7ba9', [ascii('Kinesis Video SDK')]),
    ]),
    element('1654ae6b', tracks.map(trackEntry), 4),
    ...(contactTags === 'before audio' ? contact : []),
    ...(fragmentNumber
      ? [
          tags({
            AWS_KINESISVIDEO_FRAGMENT_NUMBER: fragmentNumber,
            AWS_KINESISVIDEO_SERVER_TIMESTAMP: (startMs / 1000).toFixed(3),
            AWS_KINESISVIDEO_PRODUCER_TIMESTAMP: (startMs / 1000).toFixed(3),
          }),
        ]
      : []),
    element('1f43b675', [], 1, UNKNOWN),
    element('e7', [uint(startMs, 8)], 1),
    ...interleaved(tracks),
    ...(contactTags === 'after audio' ? contact : []),
  ]);
}

/** The document that replaces a fragment that cannot be read. */
export function errorPayload(errorTags: Readonly<Record<string, string>>): Uint8Array {
  return joined([ebmlHeader(), element('18538067', [], 8, UNKNOWN), tags(errorTags)]);
}

export const notFound = (fragmentNumber: string): Uint8Array =>
  errorPayload({
    AWS_KINESISVIDEO_ERROR_CODE: 'FRAGMENT_NOT_FOUND',
    AWS_KINESISVIDEO_ERROR_ID: '3000',
    AWS_KINESISVIDEO_FRAGMENT_NUMBER: fragmentNumber,
  });

interface CallOptions {
  readonly contactId: string;
  readonly fragments: number;
  readonly tracks?: 'caller' | 'caller, agent' | 'agent, caller';
  readonly contactTags?: PayloadFragment['contactTags'];
  readonly startMs?: number;
  readonly firstNumber?: bigint;
  readonly segmentUid?: string;
  /** Every voice has a seed of its own. */
  readonly seed?: number;
  readonly bytesPerFragment?: number;
}

export interface Call {
  readonly fragmentNumbers: readonly string[];
  /** By fragment number. */
  readonly payloads: ReadonlyMap<string, Uint8Array>;
  readonly payload: Uint8Array;
  /** Every sample of the caller's. */
  readonly pcm: Uint8Array;
}

/** A call of 1.024 s fragments in which every sample is noise, so that none can stand in for another. */
export function connectCall(options: CallOptions): Call {
  const { contactId, fragments, tracks = 'caller', contactTags = 'after audio' } = options;
  const { startMs = 1_772_632_824_310, firstNumber = FIRST_NUMBER, seed = 1 } = options;
  const { bytesPerFragment = BLOCKS_PER_FRAGMENT * BLOCK_BYTES } = options;
  const { segmentUid = 'c0c1c2c3c4c5c6c7c8c9cacbcccdcecf' } = options;
  const pcm = noise(seed, fragments * bytesPerFragment);
  const agent = noise(seed + 1000, bytesPerFragment);
  const payloads = new Map<string, Uint8Array>();
  for (let i = 0; i < fragments; i++) {
    const voices = {
      caller: { name: CALLER_TRACK, pcm: pcm.subarray(i * bytesPerFragment, (i + 1) * bytesPerFragment) },
      agent: { name: AGENT_TRACK, pcm: agent },
    };
    const order = tracks.split(', ');
    const fragmentNumber = String(firstNumber + BigInt(i) * 4952031n);
    payloads.set(
      fragmentNumber,
      fragmentPayload({
        fragmentNumber,
        contactId,
        segmentUid,
        startMs: startMs + (i * bytesPerFragment) / 16,
        tracks: order.map((voice) => (voice === 'agent' ? voices.agent : voices.caller)),
        contactTags,
      }),
    );
  }
  return { fragmentNumbers: [...payloads.keys()], payloads, payload: joined([...payloads.values()]), pcm };
}

/** Bytes that look random and are the same every time. */
export function noise(seed: number, sizeBytes: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(sizeBytes / 4));
  const next = randomWords(seed);
  for (let i = 0; i < words.length; i++) words[i] = next();
  return new Uint8Array(words.buffer, 0, sizeBytes);
}

/** Whole numbers in [0, below), the same every time. */
export function seededRandom(seed: number): (below: number) => number {
  const next = randomWords(seed);
  return (below) => next() % below;
}

/** Marsaglia, "Xorshift RNGs" (2003), the 32-bit one. */
function randomWords(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

function* interleaved(tracks: readonly PayloadTrack[]): Generator<Uint8Array> {
  const longest = Math.max(0, ...tracks.map(({ pcm }) => pcm.length));
  for (let at = 0; at < longest; at += BLOCK_BYTES) {
    for (const [index, { pcm }] of tracks.entries()) {
      const samples = pcm.subarray(at, at + BLOCK_BYTES);
      const head = [Buffer.of(0x80 | (index + 1)), uint((at / BLOCK_BYTES) * BLOCK_MS, 2), Buffer.of(0x80)];
      if (samples.length > 0) yield element('a3', [...head, samples], 8);
    }
  }
}

function ebmlHeader(): Uint8Array {
  const version = (id: string, value: number) => element(id, [uint(value, 1)]);
  return element('1a45dfa3', [
    version('4286', 1),
    version('42f7', 1),
    version('42f2', 4),
    version('42f3', 8),
    element('4282', [ascii('matroska')]),
    version('4287', 2),
    version('4285', 2),
  ]);
}

/** No Audio element, and a wrong codec, as Amazon Connect writes it. */
function trackEntry({ name }: PayloadTrack, index: number): Uint8Array {
  return element('ae', [
    element('d7', [uint(index + 1, 1)]),
    element('73c5', [uint(index + 1, 8)]),
    element('83', [uint(2, 1)]),
    element('536e', [ascii(name)]),
    element('86', [ascii('A_AAC')]),
    element('63a2', [hex('1190')]),
  ]);
}

function tags(values: Readonly<Record<string, string>>, sizeWidth = 4): Uint8Array {
  const simple = Object.entries(values).map(([name, value]) =>
    element(
      '67c8',
      [element('45a3', [ascii(name)], sizeWidth), element('4487', [ascii(value)], sizeWidth)],
      sizeWidth,
    ),
  );
  return element('1254c367', [element('7373', simple, sizeWidth)], sizeWidth);
}

function element(
  id: string,
  content: readonly Uint8Array[],
  sizeWidth = 2,
  size?: typeof UNKNOWN,
): Uint8Array {
  const sizeBytes = Buffer.alloc(sizeWidth, 0xff);
  if (size === UNKNOWN) sizeBytes[0] = 0xff >> (sizeWidth - 1);
  else {
    sizeBytes.set(uint(lengthOf(content), sizeWidth));
    sizeBytes[0] = (sizeBytes[0] ?? 0) | (0x80 >> (sizeWidth - 1));
  }
  return joined([hex(id), sizeBytes, ...content]);
}

function uint(value: number, width: number): Uint8Array {
  const bytes = new Uint8Array(width);
  let rest = Math.floor(value);
  for (let at = width - 1; at >= 0; at--) {
    bytes[at] = rest % 0x100;
    rest = Math.floor(rest / 0x100);
  }
  return bytes;
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'ascii');
const hex = (digits: string): Uint8Array => Buffer.from(digits, 'hex');

/** What is the same in every fragment. */
const EBML_HEADER = ebmlHeader();
const CONTACT_TAGS = [
  tags({ MimeType: 'audio/L16;rate=8000;channels=1;' }, 8),
  tags({ AUDIO_FROM_CUSTOMER: '1' }, 8),
  tags({ AUDIO_TO_CUSTOMER: '2' }, 8),
];
