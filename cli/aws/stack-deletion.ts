import {
  CloudFormationClient,
  DeleteStackCommand,
  paginateDescribeStackEvents,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';

/** Something that happened to a resource, or to the stack itself. */
interface DeletionEvent {
  readonly logicalId: string;
  /** `AWS::SQS::Queue` */
  readonly type: string;
  /** `DELETE_COMPLETE`, `DELETE_SKIPPED`, `DELETE_FAILED` … */
  readonly status: string;
  /** Why, where CloudFormation says so. */
  readonly reason: string | undefined;
  /** Whether it is about the stack itself. */
  readonly isOfStack: boolean;
}

/** The deletion of one stack. Everything throws RefusedError, in words. */
export interface StackDeletion {
  /** Begins it. CloudFormation goes on by itself. */
  readonly begin: () => Promise<void>;
  /**
   * What has happened since the last call, the oldest first; at the first call, since the deletion began. With the
   * stack's ARN, events are there after the stack is gone, too.
   */
  readonly news: () => Promise<readonly DeletionEvent[]>;
}

/** `stackArn`: events of a stack that is gone are found by its ARN only. */
export function stackDeletion(stackArn: string, { client, place }: Asker): StackDeletion {
  const cloudFormation = client(CloudFormationClient);
  const seen = new Set<string | undefined>();
  const pages = () => paginateDescribeStackEvents({ client: cloudFormation }, { StackName: stackArn });

  /** Newest first, back to the page with those that were seen, or to the beginning of the newest deletion. */
  async function unseenEvents(): Promise<readonly StackEvent[]> {
    const events: StackEvent[] = [];
    for await (const { StackEvents = [] } of pages()) {
      for (const event of StackEvents) {
        if (!seen.has(event.EventId)) events.push(event);
        if (isOf(stackArn, event) && event.ResourceStatus === 'DELETE_IN_PROGRESS') return events;
      }
      if (StackEvents.some(({ EventId }) => seen.has(EventId))) return events;
    }
    return events;
  }

  async function newestPage(): Promise<readonly StackEvent[]> {
    for await (const { StackEvents = [] } of pages()) return StackEvents;
    return [];
  }

  const askEvents = async (read: () => Promise<readonly StackEvent[]>) => {
    const events = await askAws('cloudformation:DescribeStackEvents', place, read);
    for (const { EventId } of events) seen.add(EventId);
    return events;
  };

  return {
    async begin() {
      // What was before, an earlier deletion that failed say, is no news.
      await askEvents(newestPage);
      const command = new DeleteStackCommand({ StackName: stackArn });
      await askAws('cloudformation:DeleteStack', place, () => cloudFormation.send(command));
    },
    news: async () => (await askEvents(unseenEvents)).toReversed().map((event) => told(event, stackArn)),
  };
}

function isOf(stackArn: string, { PhysicalResourceId: id }: StackEvent): boolean {
  return id === stackArn;
}

function told(event: StackEvent, stackArn: string): DeletionEvent {
  return {
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason,
    isOfStack: isOf(stackArn, event),
  };
}
