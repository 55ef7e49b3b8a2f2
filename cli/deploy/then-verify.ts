import { EXIT, type Terminal } from '../command.ts';

interface VerifyingWork {
  readonly terminal: Pick<Terminal, 'out'>;
  /** Throws RefusedError if the instance has no such queue. */
  readonly requireQueue: (name: string) => Promise<unknown>;
  /** Returns its exit code. */
  readonly deploy: () => Promise<number>;
  /** Sends a test voicemail to the queue. Returns the exit code of `vmx verify`. */
  readonly verify: (queue: string) => Promise<number>;
}

/**
 * Deploys, and then looks whether the stack delivers, if there is a queue for that. A queue that is not there is
 * refused before anything is deployed.
 */
export async function deployThenVerify(
  testQueue: string | undefined,
  { terminal, requireQueue, deploy, verify }: VerifyingWork,
): Promise<number> {
  if (testQueue !== undefined) await requireQueue(testQueue);
  const code = await deploy();
  if (code !== EXIT.ok) return code;
  if (testQueue === undefined) {
    terminal.out(
      'Whether it delivers was not tried: npx vmx verify --queue NAME does that, and the setting testQueue, or --test-queue NAME, after a deployment.',
    );
    return EXIT.ok;
  }
  terminal.out('');
  const verified = await verify(testQueue);
  return verified === EXIT.ok || verified === EXIT.interrupted ? verified : EXIT.findings;
}
