import type { RestOperation } from '../../gateway/protocols.ts';
import { describeContact } from './operations/describe-contact.ts';
import { describeInstance } from './operations/describe-instance.ts';
import { describeHoursOfOperation } from './operations/describe-hours-of-operation.ts';
import { describeQueue } from './operations/describe-queue.ts';
import { describeUser } from './operations/describe-user.ts';
import { getContactAttributes } from './operations/get-contact-attributes.ts';
import { listContactReferences } from './operations/list-contact-references.ts';
import { listQueues } from './operations/list-queues.ts';
import { searchQueues } from './operations/search-queues.ts';
import { searchUsers } from './operations/search-users.ts';
import { startTaskContact } from './operations/start-task-contact.ts';
import { stopContact } from './operations/stop-contact.ts';
import { tagContact } from './operations/tag-contact.ts';
import { updateContactAttributes } from './operations/update-contact-attributes.ts';
import { associateInstanceStorageConfig } from './operations/associate-instance-storage-config.ts';
import { describeInstanceStorageConfig } from './operations/describe-instance-storage-config.ts';
import { disassociateInstanceStorageConfig } from './operations/disassociate-instance-storage-config.ts';
import { listInstances } from './operations/list-instances.ts';
import { listInstanceStorageConfigs } from './operations/list-instance-storage-configs.ts';
import { updateInstanceStorageConfig } from './operations/update-instance-storage-config.ts';
import type { ConnectParts } from './parts.ts';

/** Everything that can be asked of Amazon Connect over the wire. */
export function connectOperations(parts: ConnectParts): readonly RestOperation[] {
  return [
    describeContact(parts),
    describeInstance(parts),
    describeHoursOfOperation(parts),
    describeQueue(parts),
    describeUser(parts),
    getContactAttributes(parts),
    listContactReferences(parts),
    listQueues(parts),
    searchQueues(parts),
    searchUsers(parts),
    startTaskContact(parts),
    stopContact(parts),
    tagContact(parts),
    updateContactAttributes(parts),
    associateInstanceStorageConfig(parts),
    describeInstanceStorageConfig(parts),
    disassociateInstanceStorageConfig(parts),
    listInstances(parts),
    listInstanceStorageConfigs(parts),
    updateInstanceStorageConfig(parts),
  ];
}
