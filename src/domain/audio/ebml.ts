import { PermanentError } from '../errors.ts';
import { ID, kindOf } from './element-ids.ts';

/** Every block, tag or string of a telephone call is much shorter. */
const LARGEST_ELEMENT_BYTES = 1024 * 1024;
/** From one EBML header to the next. Amazon Connect's fragments have about 35 KB. */
const LARGEST_DOCUMENT_BYTES = 8 * 1024 * 1024;

/**
 * One element of the stream. It is a view that the walker moves along: read it during the visit, and do not
 * keep it.
 */
export interface Element {
  readonly id: number;
  /** The offset of its first byte from the beginning of the input. */
  readonly offsetBytes: number;
  /** Holds its content at [start, end). Empty for a container, whose children are visited next. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** False only for the element in which the input broke off. */
  readonly isWhole: boolean;
}

/** An object and not a function: a function for each walk would make V8 compile the walk again and again. */
export interface ElementVisitor {
  readonly visit: (element: Element) => void;
}

const NOTHING: Uint8Array = new Uint8Array();

/**
 * Walks EBML as it arrives, cut anywhere, and visits its elements one by one.
 *
 * The walk is flat and driven by sizes alone. A known container is visited, and the walk goes on with its
 * content, so it does not matter whether its size is known; any other element is skipped by its size. The
 * walk never searches for magic bytes: a caller's voice can contain them.
 *
 * An element within one pushed chunk is visited in place; only an element that is cut between chunks is
 * copied. So chunks must not change after they were pushed, and content stays valid as long as somebody
 * refers to it. The walker itself never holds more than one element.
 *
 * Throws PermanentError MALFORMED_MEDIA, which names the offset, for bytes that are not EBML or too large
 * for a call: a second read would give the same bytes.
 *
 * Source: RFC 8794 (EBML) section 4 on variable-size integers, 5 and 6 on ids
 * and sizes; RFC 9559 (Matroska) section 5.
 */
export class EbmlWalker implements Element {
  id = 0;
  offsetBytes = 0;
  bytes = NOTHING;
  start = 0;
  end = 0;
  isWhole = true;

  readonly #visitor: ElementVisitor;
  /** The number of bytes before the current chunk. */
  #pushedBytes = 0;
  #skipBytes = 0;
  /** The element that is cut between chunks: its buffer, as long as needed, and the bytes in it so far. */
  #part = NOTHING;
  #partFilled = 0;
  #partOffset = 0;
  /** Header length of `#part` once its header is whole, otherwise 0. */
  #partHeaderBytes = 0;
  #hasDocument = false;
  #documentOffset = 0;
  /** Where the last container of known size ends. */
  #openUntil = 0;

  constructor(visitor: ElementVisitor) {
    this.#visitor = visitor;
  }

  /** Visits every element that is whole by now. */
  push(anyChunk: Uint8Array): void {
    const chunk = plain(anyChunk);
    let at = 0;
    while (at < chunk.length) {
      if (this.#skipBytes > 0) {
        const passed = Math.min(this.#skipBytes, chunk.length - at);
        this.#skipBytes -= passed;
        at += passed;
      } else if (this.#partFilled > 0) {
        at += this.#fillPart(chunk, at);
      } else {
        const taken = this.#read(chunk, at, this.#pushedBytes + at);
        if (taken < 0) this.#keepPart(chunk.subarray(at), -taken, this.#pushedBytes + at);
        at = taken < 0 ? chunk.length : at + taken;
      }
    }
    this.#pushedBytes += chunk.length;
  }

  /**
   * Call it at the end of the input. Returns true if the input broke off within an element; the part of that
   * element is visited, as not whole.
   */
  finish(): boolean {
    if (this.#partFilled > 0 && this.#partHeaderBytes > 0) {
      this.isWhole = false;
      this.#show(this.id, this.#part, this.#partHeaderBytes, this.#partFilled, this.#partOffset);
    }
    return this.#partFilled > 0 || this.#skipBytes > 0 || this.#pushedBytes < this.#openUntil;
  }

  /** Reads one element at `at`. Returns the bytes it took, or minus the bytes it would need. */
  #read(bytes: Uint8Array, at: number, offset: number): number {
    const left = bytes.length - at;
    const idStart = bytes[at] ?? 0;
    const idBytes = widthOf(idStart);
    if (idBytes > 4) throw malformed('no element id', offset);
    if (left <= idBytes) return this.#need(idBytes + 1);
    const sizeStart = bytes[at + idBytes] ?? 0;
    const sizeBytes = widthOf(sizeStart);
    if (sizeBytes > 8) throw malformed('no element size', offset);
    const headerBytes = idBytes + sizeBytes;
    if (left < headerBytes) return this.#need(headerBytes);

    let id = idStart;
    for (let i = 1; i < idBytes; i++) id = (id << 8) | (bytes[at + i] ?? 0);
    // As two whole numbers of 32 bits: V8 reckons with fractions as soon as one number could be larger.
    let high = 0;
    let low = sizeStart & (0xff >> sizeBytes);
    for (let i = idBytes + 1; i < headerBytes; i++) {
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | (bytes[at + i] ?? 0);
    }
    const isUnknown =
      sizeBytes > 4
        ? low === -1 && high === (1 << (7 * sizeBytes - 32)) - 1
        : low === (1 << (7 * sizeBytes)) - 1;
    const isSmall = high === 0 && low >= 0;
    const size = isUnknown ? 0 : isSmall ? low : high * 2 ** 32 + (low >>> 0);

    const contentOffset = offset + headerBytes;
    if (id === ID.EBML) this.#beginDocument(offset);
    else if (!this.#hasDocument) throw malformed('something other than an EBML header', offset);
    const kind = kindOf(id);
    const sizeLimit = kind === 'container' ? LARGEST_DOCUMENT_BYTES : LARGEST_ELEMENT_BYTES;
    if (size > sizeLimit) throw malformed(`an element of ${size} bytes`, offset);
    const endOffset = contentOffset + size;
    if (endOffset - this.#documentOffset > LARGEST_DOCUMENT_BYTES)
      throw malformed('a fragment longer than 8 MiB', offset);

    if (kind === 'container') {
      if (!isUnknown && endOffset > this.#openUntil) this.#openUntil = endOffset;
      this.#show(id, NOTHING, 0, 0, offset);
      return headerBytes;
    }
    if (isUnknown) throw malformed('an element of unknown size', offset);
    if (kind === 'unwanted') {
      if (id === (2 << (7 * idBytes)) - 1) throw malformed('a reserved element id', offset);
      this.#skipBytes = Math.max(0, headerBytes + size - left);
      return Math.min(headerBytes + size, left);
    }
    if (left < headerBytes + size) {
      this.id = id;
      this.#need(headerBytes + size);
      this.#partHeaderBytes = headerBytes;
      return -(headerBytes + size);
    }
    this.#show(id, bytes, at + headerBytes, at + headerBytes + size, offset);
    return headerBytes + size;
  }

  #need(bytes: number): number {
    this.#partHeaderBytes = 0;
    return -bytes;
  }

  #beginDocument(offset: number): void {
    this.#hasDocument = true;
    this.#documentOffset = offset;
    this.#openUntil = 0;
  }

  #keepPart(bytes: Uint8Array, neededBytes: number, offset: number): void {
    // Not zeroed, and small ones are from Node's pool: only the filled part is ever shown.
    this.#part = plain(Buffer.allocUnsafe(neededBytes));
    this.#part.set(bytes);
    this.#partFilled = bytes.length;
    this.#partOffset = offset;
  }

  /** Takes the bytes that the part needs from `chunk`, visits it once whole, and returns their number. */
  #fillPart(chunk: Uint8Array, at: number): number {
    const taken = Math.min(this.#part.length - this.#partFilled, chunk.length - at);
    this.#part.set(chunk.subarray(at, at + taken), this.#partFilled);
    this.#partFilled += taken;
    if (this.#partFilled === this.#part.length) {
      const needed = -this.#read(this.#part, 0, this.#partOffset);
      if (needed > 0) this.#keepPart(this.#part, needed, this.#partOffset);
      else this.#partFilled = 0;
    }
    return taken;
  }

  #show(id: number, bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.id = id;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.offsetBytes = offset;
    this.#visitor.visit(this);
  }
}

/** Not as a Buffer: what reads both is compiled twice, and slower. */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** The element's content as bytes: a view, not a copy. */
export function contentOf({ bytes, start, end }: Element): Uint8Array {
  return bytes.subarray(start, end);
}

/** The element's content as an unsigned integer. Throws MALFORMED_MEDIA above 2^53 - 1. */
export function uintOf({ bytes, start, end, offsetBytes }: Element): number {
  let value = 0;
  for (let i = start; i < end; i++) value = value * 256 + byteAt(bytes, i);
  if (!Number.isSafeInteger(value)) throw malformed('a number above 2^53', offsetBytes);
  return value;
}

const utf8 = new TextDecoder();

/** The element's content as text, without the NULs that some producers pad it with. */
export function textOf(element: Element): string {
  return utf8.decode(element.bytes.subarray(element.start, textEndOf(element)));
}

/** Which of these ASCII texts `textOf` would return, if any; ten times as fast, without decoding. */
export function oneOf(texts: readonly string[], element: Element): string | undefined {
  const sizeBytes = textEndOf(element) - element.start;
  for (const text of texts) if (text.length === sizeBytes && begins(element, text)) return text;
  return undefined;
}

/** Whether `textOf` returned this text for the same bytes. False for texts that are not ASCII, to be on the safe side. */
export function isText(text: string, element: Element): boolean {
  return oneOf([text], element) !== undefined;
}

/** Whether the content is these bytes. */
export function isBytes(expected: Uint8Array, { bytes, start, end }: Element): boolean {
  if (expected.length !== end - start) return false;
  for (let i = 0; i < expected.length; i++) if (bytes[start + i] !== expected[i]) return false;
  return true;
}

function begins({ bytes, start }: Element, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

function textEndOf({ bytes, start, end }: Element): number {
  let textEnd = end;
  while (textEnd > start && byteAt(bytes, textEnd - 1) === 0) textEnd--;
  return textEnd;
}

/** The length of a variable-size integer by its leading zeros, 1 to 8; 9 if it is not valid. */
export function widthOf(firstByte: number): number {
  return Math.clz32(firstByte) - 23;
}

export function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

/** The error for invalid bytes. `what` was found at `offsetBytes` from the beginning of the input. */
export function malformed(what: string, offsetBytes: number): PermanentError {
  return new PermanentError('MALFORMED_MEDIA', `the video stream holds ${what} at byte ${offsetBytes}`);
}
