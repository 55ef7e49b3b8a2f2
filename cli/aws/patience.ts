/**
 * For SDK clients of commands: they give up on a silent network. Without `throwOnRequestTimeout` the SDK only writes
 * a warning and goes on waiting. Kinesis's client speaks HTTP/2, and of these heeds `requestTimeout` alone.
 */
export const PATIENT_HANDLER = {
  connectionTimeout: 5_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
};

/** Such a client, which tries again a little longer than SDKs do by themselves. */
export const PATIENT = { maxAttempts: 5, requestHandler: PATIENT_HANDLER };
