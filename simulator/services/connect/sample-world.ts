import { voicemailTaskFlow } from './sample-task-flow.ts';
import type { World } from './world.ts';

/** Acme: two queues, one of them with an address for mail, and three agents. */
export function laptopWorld(overrides: Partial<World> = {}): World {
  return {
    instanceArn: 'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa',
    alias: 'acme',
    contactRecordStreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/acme-ctr',
    mediaStreamPrefix: 'vm',
    mediaRetentionHours: 24,
    hasMediaStreaming: true,
    phoneNumber: '+15555550100',
    queues: [
      {
        id: 'b1b1b1b1-0000-4000-8000-00000000b001',
        name: 'Billing',
        tags: { vmx3_queue_email: 'billing@example.com' },
      },
      { id: 'b1b1b1b1-0000-4000-8000-00000000b002', name: 'Support' },
    ],
    users: [
      {
        id: 'd4d4d4d4-0000-4000-8000-00000000d001',
        username: 'ana.ruiz',
        firstName: 'Ana',
        lastName: 'Ruiz',
        email: 'ana.ruiz@example.com',
      },
      {
        id: 'd4d4d4d4-0000-4000-8000-00000000d002',
        username: 'ben.okafor',
        firstName: 'Ben',
        lastName: 'Okafor',
        email: 'ben.okafor@example.com',
      },
      { id: 'd4d4d4d4-0000-4000-8000-00000000d003', username: 'chloe@example.com' },
    ],
    // Under another name than the flow of the stack, which can be deployed beside it.
    flows: [{ ...voicemailTaskFlow('9a9a9a9a-0000-4000-8000-00000000f902'), name: 'Tasks' }],
    prompts: [
      { id: '6b6b6b6b-0000-4000-8000-00000000b601', name: 'Beep.wav', says: '(tone)', lengthMs: 1000 },
    ],
    ...overrides,
  };
}
