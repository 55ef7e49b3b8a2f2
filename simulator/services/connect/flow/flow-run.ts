/** A flow under way on a contact. */
export interface FlowRun {
  /** Never rejects. Settles once, also after `stop` and when the contact ends. */
  readonly ended: Promise<FlowEnd>;
  /** Cuts it off where it is: no further action runs. */
  readonly stop: () => void;
}

export type FlowEnd =
  /** DisconnectParticipant, or a needed branch was missing: the contact has been ended. */
  | { readonly kind: 'disconnected' }
  /** TransferContactToQueue and the like: routing has the contact now. */
  | { readonly kind: 'queued' }
  /** EndFlowExecution, or the end of a whisper or hold flow: the contact goes on. */
  | { readonly kind: 'ended' }
  /** `stop` was called, or the contact ended meanwhile. */
  | { readonly kind: 'stopped' }
  /** What the simulator cannot run: the error names the action. The contact has been ended. */
  | { readonly kind: 'failed'; readonly error: Error };
