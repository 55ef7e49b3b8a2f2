/** A running flow of a contact. */
export interface FlowRun {
  /** Never rejects. Settles once, also after `stop` and when the contact ends. */
  readonly ended: Promise<FlowEnd>;
  /** Cuts it off: no further action runs. */
  readonly stop: () => void;
}

export type FlowEnd =
  /** DisconnectParticipant, or a branch was missing: the contact was ended. */
  | { readonly kind: 'disconnected' }
  /** TransferContactToQueue or a similar action: routing has the contact now. */
  | { readonly kind: 'queued' }
  /** EndFlowExecution, or the end of a whisper or hold flow: the contact goes on. */
  | { readonly kind: 'ended' }
  /** `stop` was called, or the contact ended meanwhile. */
  | { readonly kind: 'stopped' }
  /** The simulator cannot run an action, which the error names. The contact was ended. */
  | { readonly kind: 'failed'; readonly error: Error };
