import type { JsonOperation } from '../../../gateway/protocols.ts';
import type { SqsParts } from '../input.ts';
import { changeMessageVisibilityBatch } from './change-message-visibility-batch.ts';
import { changeMessageVisibility } from './change-message-visibility.ts';
import { deleteMessageBatch } from './delete-message-batch.ts';
import { deleteMessage } from './delete-message.ts';
import { getQueueAttributes } from './get-queue-attributes.ts';
import { getQueueUrl } from './get-queue-url.ts';
import { listMessageMoveTasks } from './list-message-move-tasks.ts';
import { purgeQueue } from './purge-queue.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessageBatch } from './send-message-batch.ts';
import { sendMessage } from './send-message.ts';
import { startMessageMoveTask } from './start-message-move-task.ts';

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
  ];
}
