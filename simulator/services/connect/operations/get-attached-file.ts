import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidRequest, permission, requireInstance, resourceNotFound } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { arnIn } from '../world.ts';

const LONGEST_SECONDS = 300;

/** A file of a contact, with a URL to download it. */
export function getAttachedFile({ clock, files, world }: ConnectParts): RestOperation {
  const name = 'GetAttachedFile';
  return {
    name,
    method: 'GET',
    path: '/attached-files/{InstanceId}/{FileId}',
    needs: ({ params: { InstanceId: instanceId, FileId: fileId } }) => [
      permission(name, world, { instanceId, resource: `file/${fileId}` }),
    ],
    answer({ params: { InstanceId: instanceId, FileId: fileId = '' }, query }) {
      requireInstance(world, instanceId);
      const seconds = Number(query.get('urlExpiryInSeconds') ?? LONGEST_SECONDS);
      if (!Number.isInteger(seconds) || seconds < 5 || seconds > LONGEST_SECONDS) {
        throw invalidRequest(`UrlExpiryInSeconds must be 5 to ${LONGEST_SECONDS}.`);
      }
      const file = files.find(fileId);
      const associated = query.get('associatedResourceArn');
      if (!file || arnIn(world, 'contact', file.contactId) !== associated) {
        throw resourceNotFound(`File not found: ${fileId}`);
      }
      return {
        FileArn: file.arn,
        FileId: file.id,
        CreationTime: new Date(file.createdAtMs).toISOString(),
        FileStatus: 'APPROVED',
        FileName: file.name,
        FileSizeInBytes: file.sizeBytes,
        AssociatedResourceArn: associated,
        FileUseCaseType: 'ATTACHMENT',
        CreatedBy: { AWSIdentityArn: file.createdBy },
        DownloadUrlMetadata: {
          Url: files.urlOf(file, seconds),
          UrlExpiry: new Date(clock.now() + seconds * 1000).toISOString(),
        },
        Tags: {},
      };
    },
  };
}
