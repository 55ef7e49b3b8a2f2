import type { RestOperation } from '../../gateway/protocols.ts';
import { createNotification } from './operations/create-notification.ts';
import { deleteContactData } from './operations/delete-contact-data.ts';
import { describeContact } from './operations/describe-contact.ts';
import { describeContactFlow } from './operations/describe-contact-flow.ts';
import { describeContactFlowModule } from './operations/describe-contact-flow-module.ts';
import { describeHoursOfOperation } from './operations/describe-hours-of-operation.ts';
import { describeInstance } from './operations/describe-instance.ts';
import { describeQueue } from './operations/describe-queue.ts';
import { describeRoutingProfile } from './operations/describe-routing-profile.ts';
import { describeUser } from './operations/describe-user.ts';
import { disassociateLambdaFunction } from './operations/disassociate-lambda-function.ts';
import { getContactAttributes } from './operations/get-contact-attributes.ts';
import { listContactFlowModules } from './operations/list-contact-flow-modules.ts';
import { listContactFlows } from './operations/list-contact-flows.ts';
import { listContactReferences } from './operations/list-contact-references.ts';
import { listFlowAssociations } from './operations/list-flow-associations.ts';
import { listHoursOfOperations } from './operations/list-hours-of-operations.ts';
import { listLambdaFunctions } from './operations/list-lambda-functions.ts';
import { listPhoneNumbersV2 } from './operations/list-phone-numbers-v2.ts';
import { listQueues } from './operations/list-queues.ts';
import { searchQueues } from './operations/search-queues.ts';
import { listRoutingProfileQueues } from './operations/list-routing-profile-queues.ts';
import { listRoutingProfiles } from './operations/list-routing-profiles.ts';
import { listUsers } from './operations/list-users.ts';
import { listViews } from './operations/list-views.ts';
import { searchRoutingProfiles } from './operations/search-routing-profiles.ts';
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
import { updateContactFlowContent } from './operations/update-contact-flow-content.ts';
import { updateContactFlowMetadata } from './operations/update-contact-flow-metadata.ts';
import { searchContacts } from './operations/search-contacts.ts';
import { updateContact } from './operations/update-contact.ts';
import { transferContact } from './operations/transfer-contact.ts';
import { untagContact } from './operations/untag-contact.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { describePhoneNumber } from './operations/describe-phone-number.ts';
import { getContactMetrics } from './operations/get-contact-metrics.ts';
import { getCurrentMetricData } from './operations/get-current-metric-data.ts';
import { getAttachedFile } from './operations/get-attached-file.ts';
import { searchContactFlows } from './operations/search-contact-flows.ts';
import { searchHoursOfOperations } from './operations/search-hours-of-operations.ts';
import type { ConnectParts } from './parts.ts';

/** Everything that can be asked of Amazon Connect over the wire. */
export function connectOperations(parts: ConnectParts): readonly RestOperation[] {
  return [
    createNotification(parts),
    deleteContactData(parts),
    describeContact(parts),
    describeContactFlow(parts),
    describeContactFlowModule(parts),
    describeHoursOfOperation(parts),
    describeInstance(parts),
    describeQueue(parts),
    describeRoutingProfile(parts),
    describeUser(parts),
    disassociateLambdaFunction(parts),
    getContactAttributes(parts),
    listContactFlowModules(parts),
    listContactFlows(parts),
    listContactReferences(parts),
    listFlowAssociations(parts),
    listHoursOfOperations(parts),
    listLambdaFunctions(parts),
    listPhoneNumbersV2(parts),
    listQueues(parts),
    searchQueues(parts),
    listRoutingProfileQueues(parts),
    listRoutingProfiles(parts),
    listUsers(parts),
    listViews(parts),
    searchRoutingProfiles(parts),
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
    updateContactFlowContent(parts),
    updateContactFlowMetadata(parts),
    searchContacts(parts),
    updateContact(parts),
    transferContact(parts),
    untagContact(parts),
    listTagsForResource(parts),
    describePhoneNumber(parts),
    getContactMetrics(parts),
    getCurrentMetricData(parts),
    getAttachedFile(parts),
    searchContactFlows(parts),
    searchHoursOfOperations(parts),
  ];
}
