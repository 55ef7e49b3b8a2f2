import {
  byteAt,
  contentOf,
  EbmlWalker,
  type Element,
  type ElementVisitor,
  malformed,
  isBytes,
  isText,
  oneOf,
  textOf,
  uintOf,
  widthOf,
} from './ebml.ts';
import { AudioBlocks } from './audio-blocks.ts';
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
  readonly audio: AudioBlocks;
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
  readonly #names = new KnownNames();
  #done: Fragment[] | undefined;
  #document: FragmentDocument | undefined;

  visit(element: Element): void {
    if (element.id === ID.EBML) {
      const ended = this.#document?.fragment(false);
      if (ended && this.#done) this.#done.push(ended);
      else if (ended) this.#done = [ended];
      this.#document = new FragmentDocument(this.#names);
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

/** Names that come in every fragment of a message are decoded once. */
class KnownNames {
  #contactId = '';
  #uid = new Uint8Array();
  #segmentUid = '';

  contactIdIn(element: Element): string {
    if (!isText(this.#contactId, element)) this.#contactId = textOf(element);
    return this.#contactId;
  }

  segmentUidIn(element: Element): string {
    if (!isBytes(this.#uid, element)) {
      this.#uid = Uint8Array.from(contentOf(element));
      this.#segmentUid = Buffer.from(this.#uid).toString('hex');
    }
    return this.#segmentUid;
  }
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** Collects one document, element by element. */
class FragmentDocument {
  readonly #names: KnownNames;
  readonly #audio = new AudioBlocks();
  #fragmentNumber = '';
  #contactId = '';
  #segmentUid = '';
  #errorTags: Map<string, string> | undefined;
  #tickMs = DEFAULT_TICK_NS * MS_PER_NS;
  #clusterTicks = 0;
  #trackNumber: number | undefined;
  #isCallerNamed = false;
  #callerTrack: number | undefined;
  #tagName: string | undefined;
  #tagText: string | undefined;

  constructor(names: KnownNames) {
    this.#names = names;
  }

  read(element: Element): void {
    const { id } = element;
    if (id === ID.SIMPLE_BLOCK || id === ID.BLOCK) this.#readBlock(element);
    else if (element.isWhole) this.#readHead(element);
  }

  fragment(truncated: boolean): Fragment {
    const fragment: Writable<Fragment> = { audio: this.#audio, truncated };
    if (this.#fragmentNumber) fragment.fragmentNumber = this.#fragmentNumber;
    if (this.#contactId) fragment.contactId = this.#contactId;
    if (this.#segmentUid) fragment.segmentUid = this.#segmentUid;
    const error = this.#errorTags && errorIn(this.#errorTags);
    if (error) fragment.error = error;
    return fragment;
  }

  /** Everything but the blocks. */
  #readHead(element: Element): void {
    switch (element.id) {
      case ID.SEGMENT_UID:
        this.#segmentUid = this.#names.segmentUidIn(element);
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
        this.#tagText = this.#tagName === CONTACT_ID ? this.#names.contactIdIn(element) : textOf(element);
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
    const [name, text] = [this.#tagName, this.#tagText];
    if (name === undefined || text === undefined || name === UNWANTED_TAG) return;
    if (name === FRAGMENT_NUMBER) this.#fragmentNumber = text;
    else if (name === CONTACT_ID) this.#contactId = text;
    else (this.#errorTags ??= new Map()).set(name, text);
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
    this.#audio.push(timeMs, bytes, audioStart, audioEnd);
  }
}

function errorIn(tags: ReadonlyMap<string, string>): FragmentError | undefined {
  const id = tags.get(ERROR_ID);
  const code = tags.get(ERROR_CODE) ?? tags.get(EXCEPTION_CODE) ?? id;
  const message = tags.get(EXCEPTION_MESSAGE);
  return code === undefined ? undefined : { code, ...(id && { id }), ...(message && { message }) };
}
