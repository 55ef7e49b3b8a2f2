import type { Check } from '../check.ts';
import { instanceUsable } from './instance/instance-usable.ts';
import { attachmentsOff } from './instance/attachments-off.ts';
import { customerProfilesDomain } from './instance/customer-profiles-domain.ts';
import { aliasDiffers } from './instance/alias-differs.ts';
import { callRecordingsDiffer } from './instance/call-recordings-differ.ts';
import { contactRecordsElsewhere } from './instance/contact-records-elsewhere.ts';
import { liveMediaStreamingOff } from './instance/live-media-streaming-off.ts';
import { mediaPrefixDiffers } from './instance/media-prefix-differs.ts';
import { mediaRetentionShort } from './instance/media-retention-short.ts';
import { noLiveMediaInRegion } from './instance/no-live-media-in-region.ts';

/** The Amazon Connect instance itself, and what it records and sends. */
export const instanceChecks: readonly Check[] = [
  instanceUsable,
  aliasDiffers,
  liveMediaStreamingOff,
  noLiveMediaInRegion,
  mediaPrefixDiffers,
  mediaRetentionShort,
  contactRecordsElsewhere,
  callRecordingsDiffer,
  attachmentsOff,
  customerProfilesDomain,
];
