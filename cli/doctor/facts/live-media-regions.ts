/**
 * Where Amazon Connect streams live media, by its documentation of October 2025; no API tells it.
 * Source: Amazon Connect administrator guide, "Availability of Amazon Connect features by Region".
 */
const LIVE_MEDIA_REGIONS: readonly string[] = [
  'us-east-1',
  'us-west-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-2',
];

export function hasLiveMedia(region: string): boolean {
  return LIVE_MEDIA_REGIONS.includes(region);
}
