import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { deadLetters } from '../../facts/dead-letters.ts';

export const deadLettersWait: Check = {
  id: 'dead-letters',
  lane: 'alarms',
  title: 'whether messages lie in dead-letter queues',
  async run(look) {
    const found = (await deadLetters(look)).filter(({ count }) => count > 0);
    return found.map(({ queue, count }) => ({
      severity: 'warning',
      certainty: 'certain',
      what: `The ${queue} has ${counted(count, 'dead letter')}.`,
      suffers:
        'Callers: their voicemails stand still until somebody acts. Amazon SQS deletes each dead letter after 14 days.',
      evidence: [{ api: 'sqs:GetQueueAttributes', saw: `ApproximateNumberOfMessages: ${count}` }],
      remedy: `Find the cause in the log of the function, then run "npx vmx redrive --queue ${queue} --yes".`,
    }));
  },
};
