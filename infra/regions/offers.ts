import { gapsIn, isAmong } from './region-gaps.ts';
import {
  CONNECT_REGIONS,
  CUSTOMER_PROFILES,
  LIVE_MEDIA_STREAMING,
  type Lists,
  WIDE_BAND_ONLY,
} from './region-table.ts';

/** False if live media streaming was not in the Region when the table was written: IVR recording is the only source there. */
export function hasLiveMediaStreaming(region: string): boolean {
  return has(LIVE_MEDIA_STREAMING, region);
}

/** Whether Amazon Connect Customer Profiles can be asked for callers' names. */
export function hasCustomerProfiles(region: string): boolean {
  return has(CUSTOMER_PROFILES, region);
}

export function hasFunctionUrls(region: string): boolean {
  return !gapsIn(region).some(({ resourceType }) => resourceType === 'AWS::Lambda::Url');
}

/** Whether Transcribe takes telephone audio, of 8 kHz, in the language. */
export function takesTelephoneAudio(language: string, region: string): boolean {
  return !WIDE_BAND_ONLY.some((one) => one.language === language && isAmong(region, one.limitedIn));
}

/** A Region that is new to the table is given the benefit. */
function has({ regions }: Lists, region: string): boolean {
  return regions.includes(region) || !CONNECT_REGIONS.some((known) => known === region);
}
