import {
  byteAt,
  contentOf,
  EbmlWalker,
  type Element,
  type ElementVisitor,
  malformed,
  oneOf,
  textOf,
  uintOf,
  widthOf,
} from './ebml.ts';
import { ID } from './element-ids.ts';

/**
 * One fragment of a call, as Kinesis Video Streams hands it back: one EBML
 * document. With an `error` it stands for a fragment that could not be read.
 */
export interface Fragment {
  /** About 47 digits: too many for a number, so compare as BigInt. */
  readonly fragmentNumber?: string;
  /** Amazon Connect's tag. Sometimes missing, mostly on a contact's last fragment. */
  readonly contactId?: string;
  /** 32 hex digits. The same for all fragments of one streaming session. */
  readonly segmentUid?: string;
  readonly error?: FragmentError;
  /** The caller's track and no other, in the order of the stream. */
  readonly audio: readonly AudioBlock[];
  /** The input broke off in this fragment; it has the audio before that. */
  readonly truncated: boolean;
}

export interface FragmentError {
  /** `FRAGMENT_NOT_FOUND`, or a number in the spelling of AWS's documentation. */
  readonly code: string;
  /** `3000` */
  readonly id?: string;
  readonly message?: string;
}

export interface AudioBlock {
  /** When it was said, in milliseconds since the epoch. */
  readonly timeMs: number;
  /** Whole signed 16-bit little-endian samples, 8000 a second. A view into what was read. */
  readonly samples: Uint8Array;
}

/** Amazon Connect's names, current and former, for the track of the caller's voice. */
const CALLER_TRACKS = ['AUDIO_FROM_CUSTOMER', 'Track_audio/L16'];
const MS_PER_NS = 1e-6;
const DEFAULT_TICK_NS = 1_000_000;
const LACING = 0x06;

const FRAGMENT_NUMBER = 'AWS_KINESISVIDEO_FRAGMENT_NUMBER';
const CONTACT_ID = 'ContactId';
/** An error comes as tags of its own, in the wire's spelling or in the documentation's. */
const ERROR_ID = 'AWS_KINESISVIDEO_ERROR_ID';
const ERROR_CODE = 'AWS_KINESISVIDEO_ERROR_CODE';
const EXCEPTION_CODE = 'AWS_KINESISVIDEO_EXCEPTION_ERROR_CODE';
const EXCEPTION_MESSAGE = 'AWS_KINESISVIDEO_EXCEPTION_MESSAGE';
/** Other tags are not decoded: that would be most of the work of reading a fragment's head. */
const WANTED_TAGS = [FRAGMENT_NUMBER, CONTACT_ID, ERROR_ID, ERROR_CODE, EXCEPTION_CODE, EXCEPTION_MESSAGE];
const UNWANTED_TAG = '';

/**
 * Reads the answer of GetMediaForFragmentList, in chunks cut anywhere, as fragments. Each result holds the
 * fragments that one chunk completed.
 *
 * Declared codecs mean nothing here: Amazon Connect announces AAC and sends linear PCM. The track is found
 * by its name in every fragment, because numbers change; tags may stand before or after the audio, so a
 * fragment is returned when the next one begins, and the last one when the input ends. If reading a chunk
 * fails, the fragments that were whole by then are returned before the error.
 *
 * Throws PermanentError MALFORMED_MEDIA; errors of `chunks` pass through, and the fragment they interrupt is
 * not returned.
 *
 * Source: Kinesis Video Streams API reference, GetMediaForFragmentList and
 * GetMedia (tags); RFC 9559 section 10 (blocks).
 */
export async function* fragmentsIn(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly Fragment[], void, void> {
  const documents = new FragmentDocuments();
  const walker = new EbmlWalker(documents);
  for await (const chunk of chunks) {
    try {
      walker.push(chunk);
    } finally {
      const done = documents.takeDone();
      if (done.length > 0) yield done;
    }
  }
  const last = documents.last(walker.finish());
  if (last) yield [last];
}

class FragmentDocuments implements ElementVisitor {
  #done: Fragment[] | undefined;
  #document: FragmentDocument | undefined;

  visit(element: Element): void {
    if (element.id === ID.EBML) {
      const ended = this.#document?.fragment(false);
      if (ended && this.#done) this.#done.push(ended);
      else if (ended) this.#done = [ended];
      this.#document = new FragmentDocument();
    }
    this.#document?.read(element);
  }

  takeDone(): readonly Fragment[] {
    const done = this.#done ?? [];
    this.#done = undefined;
    return done;
  }

  last(isCut: boolean): Fragment | undefined {
    return this.#document?.fragment(isCut);
  }
}

/** Collects one document, element by element. */
class FragmentDocument {
  readonly #tags = new Map<string, string>();
  readonly #audio: AudioBlock[] = [];
  #segmentUid: string | undefined;
  #tickMs = DEFAULT_TICK_NS * MS_PER_NS;
  #clusterTicks = 0;
  #trackNumber: number | undefined;
  #isCallerNamed = false;
  #callerTrack: number | undefined;
  #tagName: string | undefined;
  #tagText: string | undefined;

  read(element: Element): void {
    const { id } = element;
    if (id === ID.SIMPLE_BLOCK || id === ID.BLOCK) this.#readBlock(element);
    else if (element.isWhole) this.#readHead(element);
  }

  fragment(truncated: boolean): Fragment {
    const fragmentNumber = this.#tags.get(FRAGMENT_NUMBER);
    const contactId = this.#tags.get(CONTACT_ID);
    const error = errorIn(this.#tags);
    return {
      ...(fragmentNumber && { fragmentNumber }),
      ...(contactId && { contactId }),
      ...(this.#segmentUid && { segmentUid: this.#segmentUid }),
      ...(error && { error }),
      audio: this.#audio,
      truncated,
    };
  }

  /** Everything but the blocks. */
  #readHead(element: Element): void {
    switch (element.id) {
      case ID.SEGMENT_UID:
        this.#segmentUid = Buffer.from(contentOf(element)).toString('hex');
        break;
      case ID.TIMESTAMP_SCALE:
        this.#tickMs = uintOf(element) * MS_PER_NS;
        break;
      case ID.TRACK_ENTRY:
        this.#trackNumber = undefined;
        this.#isCallerNamed = false;
        break;
      case ID.TRACK_NUMBER:
        this.#trackNumber = uintOf(element);
        this.#noteCallerTrack();
        break;
      case ID.TRACK_NAME:
        this.#isCallerNamed = oneOf(CALLER_TRACKS, element) !== undefined;
        this.#noteCallerTrack();
        break;
      case ID.CLUSTER:
        this.#clusterTicks = 0;
        break;
      case ID.TIMESTAMP:
        this.#clusterTicks = uintOf(element);
        break;
      case ID.SIMPLE_TAG:
        this.#tagName = undefined;
        this.#tagText = undefined;
        break;
      case ID.TAG_NAME:
        this.#tagName = oneOf(WANTED_TAGS, element) ?? UNWANTED_TAG;
        this.#noteTag();
        break;
      case ID.TAG_STRING:
        if (this.#tagName === UNWANTED_TAG) break;
        this.#tagText = textOf(element);
        this.#noteTag();
        break;
      default:
    }
  }

  #noteCallerTrack(): void {
    if (this.#isCallerNamed) this.#callerTrack = this.#trackNumber;
  }

  /** If a tag comes twice, the later one counts: Amazon Connect's own come after the audio. */
  #noteTag(): void {
    if (this.#tagName !== undefined && this.#tagText !== undefined)
      this.#tags.set(this.#tagName, this.#tagText);
  }

  /** Track number, 16-bit time relative to the cluster's, flags, samples. RFC 9559 sections 10.1 and 10.2. */
  #readBlock({ bytes, start, end, offsetBytes, isWhole }: Element): void {
    const width = widthOf(byteAt(bytes, start));
    const audioStart = start + width + 3;
    if (audioStart > end) {
      if (isWhole) throw malformed('a block without a header', offsetBytes);
      return;
    }
    let track = byteAt(bytes, start) & (0xff >> width);
    for (let i = 1; i < width; i++) track = track * 256 + byteAt(bytes, start + i);
    if (track !== this.#callerTrack) return;
    if (byteAt(bytes, audioStart - 1) & LACING) throw malformed('a laced block', offsetBytes);

    const ticks = ((byteAt(bytes, start + width) << 24) >> 16) | byteAt(bytes, start + width + 1);
    const audioEnd = end - ((end - audioStart) % 2);
    if (audioEnd === audioStart) return;
    const timeMs = Math.round((this.#clusterTicks + ticks) * this.#tickMs);
    this.#audio.push({ timeMs, samples: bytes.subarray(audioStart, audioEnd) });
  }
}

function errorIn(tags: ReadonlyMap<string, string>): FragmentError | undefined {
  const id = tags.get(ERROR_ID);
  const code = tags.get(ERROR_CODE) ?? tags.get(EXCEPTION_CODE) ?? id;
  const message = tags.get(EXCEPTION_MESSAGE);
  return code === undefined ? undefined : { code, ...(id && { id }), ...(message && { message }) };
}
