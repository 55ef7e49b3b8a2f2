/** The Lambda functions that flows of the instance may invoke. */
export interface FlowFunctions {
  /** Lets flows invoke it: AssociateLambdaFunction. */
  readonly associate: (functionArn: string) => void;
  /** Runs a function with `event` and waits for it, `limitMs` at most. Never rejects. */
  readonly invoke: (functionArn: string, event: unknown, limitMs: number) => Promise<FunctionAnswer>;
}

export type FunctionAnswer =
  /** JSON, as the function returned it. */
  | { readonly kind: 'answered'; readonly payload: string }
  /** Not associated, not there, throttled, too slow, or ended with an error: `reason` says which. */
  | { readonly kind: 'failed'; readonly reason: string };
