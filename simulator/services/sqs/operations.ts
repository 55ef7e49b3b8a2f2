import type { JsonOperation } from '../../gateway/protocols.ts';
import { cancelMessageMoveTask } from './operations/cancel-message-move-task.ts';
import { createQueue } from './operations/create-queue.ts';
import { listDeadLetterSourceQueues } from './operations/list-dead-letter-source-queues.ts';
import { listQueues } from './operations/list-queues.ts';
import { listQueueTags } from './operations/list-queue-tags.ts';
import { setQueueAttributes } from './operations/set-queue-attributes.ts';
import { tagQueue } from './operations/tag-queue.ts';
import { untagQueue } from './operations/untag-queue.ts';
import type { SqsParts } from './parts.ts';
import { changeMessageVisibilityBatch } from './operations/change-message-visibility-batch.ts';
import { changeMessageVisibility } from './operations/change-message-visibility.ts';
import { deleteMessageBatch } from './operations/delete-message-batch.ts';
import { deleteMessage } from './operations/delete-message.ts';
import { getQueueAttributes } from './operations/get-queue-attributes.ts';
import { getQueueUrl } from './operations/get-queue-url.ts';
import { listMessageMoveTasks } from './operations/list-message-move-tasks.ts';
import { purgeQueue } from './operations/purge-queue.ts';
import { receiveMessage } from './operations/receive-message.ts';
import { sendMessageBatch } from './operations/send-message-batch.ts';
import { sendMessage } from './operations/send-message.ts';
import { startMessageMoveTask } from './operations/start-message-move-task.ts';

/** Everything that can be asked of SQS over the wire. */
export function sqsOperations(parts: SqsParts): readonly JsonOperation[] {
  return [
    sendMessage(parts),
    sendMessageBatch(parts),
    receiveMessage(parts),
    deleteMessage(parts),
    deleteMessageBatch(parts),
    changeMessageVisibility(parts),
    changeMessageVisibilityBatch(parts),
    getQueueAttributes(parts),
    getQueueUrl(parts),
    purgeQueue(parts),
    startMessageMoveTask(parts),
    listMessageMoveTasks(parts),
    cancelMessageMoveTask(parts),
    createQueue(parts),
    listDeadLetterSourceQueues(parts),
    listQueues(parts),
    listQueueTags(parts),
    setQueueAttributes(parts),
    tagQueue(parts),
    untagQueue(parts),
  ];
}
