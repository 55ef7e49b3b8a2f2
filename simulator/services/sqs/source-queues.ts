import type { SqsParts } from './parts.ts';

/** The queues whose dead-letter queue it is. */
export function sourcesOf(deadLetterArn: string, { queues }: Pick<SqsParts, 'queues'>): readonly string[] {
  return [...queues.values()]
    .filter(({ options }) => options.redrive?.deadLetterArn === deadLetterArn)
    .map(({ options }) => options.arn);
}
