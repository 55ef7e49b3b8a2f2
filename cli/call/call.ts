import { FAULTS_USAGE } from '../../laptop/fault-options.ts';
import type { Command } from '../command.ts';
import { PATIENCE_MINUTES } from './patience.ts';

/** `vmx call`: a caller with a script calls a deployed flow or the user's own, and the result is shown. */
export const callCommand: Command = {
  name: 'call',
  summary: 'place a call in the simulator, and see the result of the voicemail',
  usage: `vmx call [--from NUMBER] [--flow NAME|FILE.json] [what the caller does…] [options]

  --from NUMBER     the number the caller calls from (default +15555550142)
  --flow NAME       the flow that answers: test (default), entry-closed, entry-busy, …,
                    or FILE.json, an inbound flow of yours
  --at TIME         when the call comes in, for hours of operation: 22:30, the next such time, or
                    2026-12-24T18:00; in the time zone of the hours that the flow checks
  --mode MODE       how the test flow is asked to deliver: task, guided_task or email
  --agent USERNAME  signs in after the call, accepts the task, and shows the guide
  --agent-free-after SECONDS
                    that agent is free so long after the ring already, and takes the call
                    if it waits in a queue
  --guide FILE.html writes that guide as a page for a browser; needs --agent
  --expect WHAT     delivered (default), or nothing
  --flow-log        the call's flow log too, whether its flows turn it on or not
  --strict          an action that is not simulated ends the call; otherwise it takes its
                    error branch, and the flow log says "not simulated"; in a
                    simulator of its own
  --real-time       a minute takes a minute
  --endpoint URL    the simulator that the call goes into (default: AWS_ENDPOINT_URL if it is on this
                    machine, else the one of npm start or vmx simulator; if none runs, one is
                    started, and stays up so that links work)
  --once            one that is started for the call ends with it; --json means that too
  --real-time       a minute takes a minute, in a simulator of its own
  --json            for machines: one object, no timeline
${FAULTS_USAGE};
                    in a simulator of its own

What the caller does, in the order given; then, or after ${PATIENCE_MINUTES} minutes, the caller hangs up:

  --press KEYS      1, or 1,2 for one menu after the other; each as soon as a key is asked
                    for, or right after a --wait
  --say TEXT|FILE   English text, or a WAV file of any usual kind; after the tone, unless --hear, --wait or
                    --say comes before
  --hear TEXT       wait until this has been said; "tone" is the tone
  --wait SECONDS
  --hang-up         here, whatever comes
  --stay            on the line until the other side hangs up

  vmx call --press 1,1 --say "Please call me back."
  vmx call --mode email --say "Please call me back."
  vmx call --flow entry-closed --at 22:30 --say "Please call me back."
  vmx call --flow entry-busy --press 1 --say samples/missing-order.wav --agent ana.ruiz

Exit code: 0 as expected, 1 not so, 2 not used as described here, 130 ended with Ctrl+C.`,

  /** What a call needs is much to load for a line of help. */
  run: async (args, terminal) => (await import('./run-call.ts')).runCall(args, terminal),
};
