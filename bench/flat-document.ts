/**
 * The part that the libraries do not do: they report one element after the other, and this selects the
 * caller's samples of one contact, document by document.
 */
export class FlatDocument {
  readonly #contactId: string;
  readonly #sink: (bytes: Uint8Array) => void;
  #statedContact: string | undefined;
  #tagName: string | undefined;
  #trackNumber = 0;
  #callerTrack = 0;
  #samples: Uint8Array[] = [];

  constructor(contactId: string, sink: (bytes: Uint8Array) => void) {
    this.#contactId = contactId;
    this.#sink = sink;
  }

  trackNumber(value: number): void {
    this.#trackNumber = value;
  }

  trackName(name: string): void {
    if (name === 'AUDIO_FROM_CUSTOMER') this.#callerTrack = this.#trackNumber;
  }

  tagName(name: string): void {
    this.#tagName = name;
  }

  tagText(text: string): void {
    if (this.#tagName === 'ContactId') this.#statedContact = text;
  }

  block(track: number, samples: Uint8Array): void {
    if (track === this.#callerTrack) this.#samples.push(samples);
  }

  /** The next document begins, or there is none. */
  end(): void {
    if (this.#statedContact === this.#contactId) for (const samples of this.#samples) this.#sink(samples);
    this.#statedContact = undefined;
    this.#callerTrack = 0;
    this.#samples = [];
  }
}
